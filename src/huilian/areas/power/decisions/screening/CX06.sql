/*
id: CX06
names: {zh: 先实施后决议, en: Carried out before it was decided}
group: CX
grain: village
reads: [decision, decision_execution]
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
  zh: 当天决议、当天办理的不预警；表决未通过的由“未获通过仍实施”预警。
  en: What was done on the day of the decision is left out; a vote that failed is raised by CX04.
false_alarms:
  zh: 抢险救灾先办后补。
  en: Works in a disaster, decided afterwards.
weight: 5
status: active
owner: discipline
source: CX06
*/
WITH early AS (
  SELECT e.decision_id, MIN(e.execution_id) AS execution_id
  FROM decision_execution e JOIN decision d ON d.decision_id = e.decision_id
  WHERE (d.decided_on IS NULL OR e.done_on < d.decided_on) AND d.state IN ('open', 'closed')
    AND DATE_DIFF('day', e.done_on, $as_of) <= $window_days
  GROUP BY e.decision_id
)
SELECT d.village_code, 'decision:' || CAST(d.decision_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'decision:' || CAST(d.decision_id AS VARCHAR) || ' decision_execution:' || CAST(e.execution_id AS VARCHAR) AS evidence,
       d.subject AS matter, d.case_no, e.done_on, e.what, d.decided_on
FROM early a JOIN decision d ON d.decision_id = a.decision_id JOIN decision_execution e ON e.execution_id = a.execution_id
