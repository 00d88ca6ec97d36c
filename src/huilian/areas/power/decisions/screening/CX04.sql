/*
id: CX04
names: {zh: 未获通过仍实施, en: Carried out although not passed}
group: CX
grain: village
reads: [decision_step, decision, decision_execution]
nature: gain
parameters: {}
levels:
  red: {zh: 表决没有通过，事情照办, en: The vote did not pass and it was done all the same}
basis:
  - {law: 村民委员会组织法, version: 2018年修正, article: 第二十二条、第二十六条}
  - {law: 农村集体经济组织法, version: 2024年6月28日通过，2025年5月1日起施行, article: ""}
note: {zh: 集体经济组织法的条文序号请以正式文本为准。, en: Check the article of the law on collective economic organisations against the official text.}
explain:
  zh: "“{matter}”（{case_no}）{held_on}表决：实到{present}人，同意{yes}票，没有通过；{done_on}已实施：{what}。"
  en: "“{matter}” ({case_no}) got {yes} yes of {present} present on {held_on} and did not pass; done on {done_on}: {what}."
exclusions:
  zh: 后来重新表决通过的不预警。
  en: What passed in a later vote is left out.
false_alarms:
  zh: 弃权票的计算口径不同。
  en: Abstentions counted in another way.
weight: 5
status: active
owner: discipline
source: CX04
*/
WITH failed AS (
  SELECT s.decision_id, MAX(s.row_id) AS row_id
  FROM decision_step s
  WHERE s.outcome IN ('not_passed', 'no_quorum')
    AND NOT EXISTS (SELECT 1 FROM decision_step x
                    WHERE x.decision_id = s.decision_id AND x.step = s.step AND x.outcome = 'passed')
  GROUP BY s.decision_id
),
done AS (
  SELECT decision_id, MIN(execution_id) AS execution_id, MIN(done_on) AS done_on, MIN(what) AS what
  FROM decision_execution
  GROUP BY decision_id
)
SELECT d.village_code, 'decision:' || CAST(d.decision_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'decision_step:' || CAST(s.row_id AS VARCHAR) || ' decision_execution:' || CAST(g.execution_id AS VARCHAR) AS evidence,
       d.subject AS matter, d.case_no, s.held_on, s.present, s.yes, g.done_on, g.what
FROM failed f
JOIN decision_step s ON s.row_id = f.row_id
JOIN decision d ON d.decision_id = f.decision_id
JOIN done g ON g.decision_id = f.decision_id
