/*
id: CQ05
names: {zh: 成交不签约或保证金未退, en: Not signed, or deposits not paid back}
group: CQ
grain: village
reads: [lot, deal, deposit]
nature: form
parameters:
  yellow_days: {value: 10, unit: days, zh: 几天提示, en: Reminder after so many days, origin: default}
  orange_days: {value: 30, unit: days, zh: 督促, en: Urged after, origin: default}
  red_days: {value: 60, unit: days, zh: 督办, en: Supervised after, origin: default}
levels:
  yellow: {zh: 成交确认后十天没有签约，或者保证金逾期十天没有退, en: "Ten days after the confirmation not signed, or ten days overdue with a deposit"}
  orange: {zh: 三十天, en: Thirty days}
  red: {zh: 六十天, en: Sixty days}
basis:
  - {law: 招标投标法实施条例, version: 2019-03-02修订, article: 第五十七条}
note: {zh: 第五十七条只管招标；其他交易的退还期以县里“交易时限”表为准，这里从应退之日的次日起算。, en: "Art. 57 is on tenders; for other trades the county's table of periods holds, and days count from the day after it was due back."}
explain:
  zh: "{title}：{what_zh}{since}起已{days}天。"
  en: "{title}: {what_en} since {since}, {days} days."
exclusions:
  zh: 悔标、被推翻的成交；还在扣留期内的保证金。
  en: "Deals broken or overturned; deposits still held by right."
false_alarms:
  zh: 有异议、诉讼未了；退款账户有误。
  en: An objection or lawsuit; a wrong account.
weight: 3
status: active
owner: agriculture
source: CQ05
*/
WITH stuck AS (
  SELECT village_code, lot_id, 'contract' AS key, 'deal:' || CAST(deal_id AS VARCHAR) AS evidence, confirmed_on AS since,
         '成交确认后没有签约，' AS what_zh, 'deal confirmed and no contract signed' AS what_en
  FROM deal WHERE stands AND signed_on IS NULL AND confirmed_on IS NOT NULL
  UNION ALL
  SELECT village_code, lot_id, 'deposit-' || CAST(deposit_id AS VARCHAR) AS key,
         'deposit:' || CAST(deposit_id AS VARCHAR) AS evidence, due_back_on AS since,
         '应退保证金没有退，' AS what_zh, 'a deposit due back is not paid back' AS what_en
  FROM deposit WHERE state IN ('arrived', 'confirmed', 'rejected') AND due_back_on IS NOT NULL
)
SELECT s.village_code, 'lot:' || CAST(s.lot_id AS VARCHAR) AS subject, s.key,
       CASE WHEN DATE_DIFF('day', s.since, $as_of) >= $red_days THEN 3
            WHEN DATE_DIFF('day', s.since, $as_of) >= $orange_days THEN 2 ELSE 1 END AS level,
       s.evidence, l.title, s.since, DATE_DIFF('day', s.since, $as_of) AS days, s.what_zh, s.what_en
FROM stuck s JOIN lot l ON l.lot_id = s.lot_id
WHERE DATE_DIFF('day', s.since, $as_of) >= $yellow_days
