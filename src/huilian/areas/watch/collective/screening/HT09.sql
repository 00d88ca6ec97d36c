/*
id: HT09
names: {zh: 交款人与承租人不符, en: Rent paid by somebody else}
group: HT
grain: village
reads: [due, contract]
nature: gain
parameters:
  yellow_times: {value: 2, unit: times, zh: 几次由别人交款提示, en: Payments by others before a reminder, origin: default}
  orange_times: {value: 4, unit: times, zh: 几次由别人交款预警, en: Payments by others before a warning, origin: default}
  window_days: {value: 1096, unit: days, zh: 看多少天以内的付款, en: Payments of how many days back, origin: default}
levels:
  yellow: {zh: 三年内有2次由别人交租, en: Two payments by somebody else within three years}
  orange: {zh: 三年内有4次, en: Four payments}
basis: [{law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第七百一十六条}]
note: {zh: 转租须经出租人同意；次数由县里确定。, en: Subletting needs the landlord's consent; the county sets the number of payments.}
explain:
  zh: "合同{number}（{title}）的承租人是{party}，{first_on}以来有{times}次租金由{payer}等交来，共{paid_cents:money}，可能已经转租。"
  en: "The tenant of contract {number} ({title}) is {party}; since {first_on} rent came {times} times from {payer} or others, {paid_cents:money} in all: it may have been sublet."
exclusions:
  zh: 同姓个人代交（多为家人）、付款人名称包含承租人名称（同一店铺）的不算。
  en: Not counted are persons of the same surname (mostly family) and payers whose name contains that of the tenant (the same shop).
false_alarms:
  zh: 配偶或异姓亲属代交；公司换了名称没有登记。
  en: A spouse or relative of another surname paid; a firm changed its name.
weight: 2
status: active
owner: agriculture
source: HT09
*/
WITH other AS (
  SELECT c.village_code, c.contract_id, c.number, c.title, c.party, d.payer, d.paid_on, d.paid_cents, d.due_id,
         ROW_NUMBER() OVER (PARTITION BY c.contract_id ORDER BY d.paid_on, d.due_id) AS place
  FROM due d JOIN contract c ON c.contract_id = d.contract_id
  WHERE d.paid_cents > 0 AND d.payer_norm <> '' AND DATE_DIFF('day', d.paid_on, $as_of) BETWEEN 0 AND $window_days
    AND c.direction = 'income' AND c.kind IN ('lease', 'contracting') AND c.party_norm <> ''
    AND NOT CONTAINS(d.payer_norm, c.party_norm) AND NOT CONTAINS(c.party_norm, d.payer_norm)
    AND NOT (LENGTH(d.payer_norm) <= 4 AND LENGTH(c.party_norm) <= 4
             AND SUBSTR(d.payer_norm, 1, 1) = SUBSTR(c.party_norm, 1, 1))
)
SELECT o.village_code, 'contract:' || CAST(o.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN COUNT(*) >= $orange_times THEN 2 ELSE 1 END AS level,
       'contract:' || CAST(o.contract_id AS VARCHAR) || ' '
         || STRING_AGG(CASE WHEN o.place <= 19 THEN 'due:' || CAST(o.due_id AS VARCHAR) END, ' ' ORDER BY o.place) AS evidence,
       MIN(o.number) AS number, MIN(o.title) AS title, MIN(o.party) AS party, MIN(o.payer) AS payer,
       MIN(o.paid_on) AS first_on, COUNT(*) AS times, CAST(SUM(o.paid_cents) AS BIGINT) AS paid_cents
FROM other o
GROUP BY o.village_code, o.contract_id
HAVING COUNT(*) >= $yellow_times
