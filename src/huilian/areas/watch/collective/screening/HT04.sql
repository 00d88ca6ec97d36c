/*
id: HT04
names: {zh: 应进场未进场交易, en: "Not traded on the exchange, though it must be"}
group: HT
grain: village
reads: [contract, account_set]
nature: gain
parameters:
  limit_cents: {value: 5000000, unit: cents, zh: 账套没有另定时，合同总额达到多少必须进场, en: Contract value that must be traded when the account set has no limit of its own, origin: default}
  window_days: {value: 1826, unit: days, zh: 看多少天以内签订的合同, en: Contracts signed within so many days, origin: default}
levels:
  orange: {zh: 合同总额达到进场限额，没有交易编号, en: "Value at or over the limit, no number of a deal"}
  red: {zh: 合同总额达到限额两倍, en: Twice the limit or more}
basis: []
note: {zh: 进场限额由县里规定。, en: The county sets the limit.}
explain:
  zh: "合同{number}（{title}，{party}）总额{total_cents:money}，进场限额{limit_cents:money}，没有农村产权交易编号，签订日{signed_on}。"
  en: "Contract {number} ({title}, {party}) is worth {total_cents:money}, the limit is {limit_cents:money}, and there is no number of a deal on the exchange; signed on {signed_on}."
exclusions:
  zh: 集市摊位、家庭承包、学校卫生等公益出租、老承租人依约续租（由HT11管）、五年以前签订的不预警。
  en: Left out are market stalls, household contracting, letting for schools and clinics, renewals (HT11 looks at those) and contracts signed more than five years ago.
false_alarms:
  zh: 县里文件另行豁免的类别；已进场但编号没有录入。
  en: Kinds exempted by a paper of the county; traded, but the number not entered.
weight: 4
status: active
owner: agriculture
source: HT04, C06
*/
WITH large AS (
  SELECT c.village_code, c.contract_id, c.number, c.title, c.party, c.total_cents, c.signed_on,
         CASE WHEN s.exchange_limit_cents > 0 THEN s.exchange_limit_cents ELSE $limit_cents END AS limit_cents
  FROM contract c JOIN account_set s ON s.set_id = c.set_id
  WHERE c.direction = 'income' AND c.kind IN ('lease', 'contracting', 'sale') AND c.status <> 'draft'
    AND c.deal_no = '' AND c.mode <> 'renewal' AND c.renews_id IS NULL
    AND DATE_DIFF('day', c.signed_on, $as_of) BETWEEN 0 AND $window_days
    AND NOT CONTAINS(c.title, '摊位') AND NOT CONTAINS(c.title, '集市') AND NOT CONTAINS(c.title, '家庭承包')
    AND NOT CONTAINS(c.title, '学校') AND NOT CONTAINS(c.title, '卫生室') AND NOT CONTAINS(c.title, '幼儿园')
)
SELECT l.village_code, 'contract:' || CAST(l.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN l.total_cents >= 2 * l.limit_cents THEN 3 ELSE 2 END AS level,
       'contract:' || CAST(l.contract_id AS VARCHAR) AS evidence,
       l.number, l.title, l.party, l.total_cents, l.limit_cents, l.signed_on
FROM large l
WHERE l.total_cents >= l.limit_cents
