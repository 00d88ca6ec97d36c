/*
id: ZW01
names: {zh: 新增债务未报批, en: New debt without approval}
group: ZW
grain: village
reads: [debt]
nature: gain
parameters:
  red_cents: {value: 10000000, unit: cents, zh: 本金达到多少督办, en: Principal from which it is supervised, origin: default}
  window_days: {value: 1826, unit: days, zh: 看多少天以内发生的债务, en: Debts begun within so many days, origin: default}
levels:
  orange: {zh: 新借的债没有民主决议或乡镇批准, en: A new debt without a decision or without the township's approval}
  red: {zh: 本金达到10万元, en: The same from 100,000 yuan up}
basis: [{law: 关于坚决制止发生新的乡村债务有关问题的通知, version: 国办发〔2006〕86号, article: ""}]
note: {zh: 督办金额由县里确定。, en: The county sets the amount.}
explain:
  zh: "{began_on}向{counterpart}借款{principal_cents:money}（{number}），尚欠{balance_cents:money}；用途：{purpose}；决议号：{decision}；乡镇批准文号：{approval}。"
  en: "On {began_on} {principal_cents:money} was borrowed from {counterpart} ({number}), {balance_cents:money} still open; purpose: {purpose}; decision no.: {decision}; approval of the township: {approval}."
exclusions:
  zh: 五年以前形成、现在才登记的旧债，已还清的，以及上级财政拨款暂借（对方为公共机构）的不预警。
  en: Left out are old debts only now entered, debts repaid, and money put at disposal by public bodies.
false_alarms:
  zh: 合并村带来的旧债用了登记日期；批准文件没有录入。
  en: An old debt of a merged village entered with today's date; the approval not entered.
weight: 4
status: active
owner: agriculture
source: ZW01
*/
SELECT d.village_code, 'debt:' || CAST(d.debt_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN d.principal_cents >= $red_cents THEN 3 ELSE 2 END AS level,
       'debt:' || CAST(d.debt_id AS VARCHAR) AS evidence,
       d.number, d.counterpart, d.began_on, d.principal_cents, d.balance_cents, NULLIF(d.purpose, '') AS purpose,
       NULLIF(d.decision_no, '') AS decision, NULLIF(d.approval_no, '') AS approval
FROM debt d
WHERE d.direction = 'borrowed' AND d.counterpart_kind <> 'public' AND d.settled_on IS NULL AND d.balance_cents > 0
  AND (d.decision_no = '' OR d.approval_no = '')
  AND DATE_DIFF('day', d.began_on, $as_of) BETWEEN 0 AND $window_days
