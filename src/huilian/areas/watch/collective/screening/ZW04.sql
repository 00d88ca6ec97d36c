/*
id: ZW04
names: {zh: 违规担保或贷款, en: Guarantee given or bank loan taken against the rules}
group: ZW
grain: village
reads: [debt, account_set]
nature: gain
levels:
  red: {zh: 用集体财产为他人担保；或以村民委员会名义向银行贷款, en: "Collective property guarantees somebody else's debt, or the villagers' committee itself borrowed from a bank"}
basis:
  - {law: 农村集体经济组织法, version: 2024-06-28通过，2025-05-01施行, article: ""}
  - {law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第六百八十三条}
note: {zh: 条文序号请以正式文本为准。, en: Check the articles against the official text.}
explain:
  zh: "{name}从{began_on}起为{counterpart}{principal_cents:money}（{number}）承担责任（为他人担保：{guarantee}），尚有{balance_cents:money}，决议号：{decision}。"
  en: "Since {began_on} {name} stands for {principal_cents:money} with {counterpart} ({number}; guarantee for another: {guarantee}); {balance_cents:money} is still open; decision no.: {decision}."
exclusions:
  zh: 已解除或已结清的不预警；集体经济组织以自己名义向银行借款，由ZW01看手续，不在这里预警。
  en: Left out is what was released or repaid; a loan of the economic organisation itself is looked at by ZW01 for its papers.
false_alarms:
  zh: 合作银行的联保、授信登记成了担保。
  en: A credit line of a cooperative bank entered as a guarantee.
weight: 5
status: active
owner: agriculture
source: ZW04
*/
SELECT d.village_code, 'debt:' || CAST(d.debt_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'debt:' || CAST(d.debt_id AS VARCHAR) || ' account_set:' || CAST(s.set_id AS VARCHAR) AS evidence,
       s.name, d.number, d.counterpart, d.began_on, d.principal_cents, d.balance_cents, d.direction = 'guarantee' AS guarantee,
       NULLIF(d.decision_no, '') AS decision
FROM debt d JOIN account_set s ON s.set_id = d.set_id
WHERE d.settled_on IS NULL AND d.balance_cents > 0 AND d.began_on <= $as_of
  AND (d.direction = 'guarantee'
       OR (d.direction = 'borrowed' AND d.counterpart_kind = 'bank'
           AND (CONTAINS(s.name, '村民委员会') OR CONTAINS(s.name, '村委会') OR CONTAINS(s.name, '居民委员会'))))
