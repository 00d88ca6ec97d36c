/*
id: CX06
names: {zh: 先实施后决议, en: Carried out before it was decided}
group: CX
grain: village
reads: [decision, decision_execution, contract]
nature: gain
parameters:
  window_days: {value: 730, unit: days, zh: 看多少天以内办的事, en: What was done within so many days, origin: default}
levels:
  red: {zh: 事情办在决议之前，或没有决议, en: Done before the decision or without one}
basis: [{law: 村民委员会组织法, version: 2018年修正, article: 第二十四条}]
note: {zh: 条文序号请以正式文本为准。, en: Check the article against the official text.}
explain:
  zh: "“{matter}”（{case_no}）{done_on}已经{what}，决议日期：{decided_on}。"
  en: "“{matter}” ({case_no}): done on {done_on} ({what}); decided on {decided_on}."
exclusions:
  zh: 当天决议、当天办理的不预警；合同按其引用的决议编号比对签订日期，口头合同不比；表决未通过的由“未获通过仍实施”预警。
  en: What was done on the day of the decision is left out; a contract is held against the decision it cites by the day it was signed, one by word of mouth is not; a vote that failed is raised by CX04.
false_alarms:
  zh: 抢险救灾先办后补；合同引用的决议编号填错。
  en: Works in a disaster, decided afterwards; a contract that cites the wrong decision.
weight: 5
status: active
owner: discipline
source: CX06
*/
WITH act AS (
  SELECT decision_id, done_on, what, execution_id, CAST(NULL AS BIGINT) AS contract_id FROM decision_execution
  UNION ALL
  SELECT d.decision_id, c.signed_on AS done_on, c.title AS what, CAST(NULL AS BIGINT) AS execution_id, c.contract_id
  FROM contract c JOIN decision d ON d.village_code = c.village_code AND d.number = c.decision_no
  WHERE c.decision_no <> '' AND c.signed_on IS NOT NULL AND NOT c.is_oral AND c.status <> 'draft'
),
early AS (
  SELECT a.decision_id, a.done_on, a.what, a.execution_id, a.contract_id,
         ROW_NUMBER() OVER (PARTITION BY a.decision_id ORDER BY a.done_on, a.execution_id, a.contract_id) AS n
  FROM act a JOIN decision d ON d.decision_id = a.decision_id
  WHERE (d.decided_on IS NULL OR a.done_on < d.decided_on) AND d.state IN ('open', 'closed')
    AND DATE_DIFF('day', a.done_on, $as_of) <= $window_days
)
SELECT d.village_code, 'decision:' || CAST(d.decision_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'decision:' || CAST(d.decision_id AS VARCHAR)
         || COALESCE(' decision_execution:' || CAST(e.execution_id AS VARCHAR), '')
         || COALESCE(' contract:' || CAST(e.contract_id AS VARCHAR), '') AS evidence,
       d.subject AS matter, d.case_no, e.done_on, e.what, d.decided_on
FROM early e JOIN decision d ON d.decision_id = e.decision_id
WHERE e.n = 1
