/*
id: CX01
names: {zh: 议事步骤倒序, en: Steps of a decision out of order}
group: CX
grain: village
reads: [decision, decision_step]
nature: form
parameters:
  window_days: {value: 730, unit: days, zh: 看多少天以内提出的议题, en: Motions brought up within so many days, origin: default}
levels:
  orange: {zh: 后一步的会议早于前一步，或结果先于决议公开, en: "A meeting was held before the step it follows, or the results were published before the decision"}
  red: {zh: 应在决议之后选定的对象，表决以前就已写明, en: Whoever should be chosen after the decision was named before the vote}
basis: [{law: 中国共产党农村基层组织工作条例, version: 2018年修订, article: 第十九条}]
note: {zh: 各步先后以县里绘制的议事流程为准。, en: The order is that of the county's own chain.}
explain:
  zh: "“{matter}”（{case_no}）：{why}。提出{proposed_on}，决议{decided_on}。"
  en: "“{matter}” ({case_no}): {why}. Brought up on {proposed_on}, decided on {decided_on}."
exclusions:
  zh: 撤回的议题不预警；一肩挑的村，提议和商议同一天开的不算倒序。
  en: Motions taken back are left out; two steps on the same day, where one person heads both bodies, are in order.
false_alarms:
  zh: 补录纸质会议时日期录错。
  en: A date typed wrong when a meeting was entered from paper.
weight: 3
status: active
owner: discipline
source: CX01
*/
WITH backwards AS (
  SELECT decision_id, MIN(row_id) AS row_id
  FROM decision_step
  WHERE outcome = 'passed' AND held_on < previous_on
  GROUP BY decision_id
),
found AS (
  SELECT d.village_code, d.decision_id, d.case_no, d.subject, d.proposed_on, d.decided_on, b.row_id,
         CASE WHEN d.is_open_choice AND d.named_on < COALESCE(d.decided_on, $as_of) THEN 3
              WHEN b.row_id IS NOT NULL OR d.results_published_on < d.published_on OR d.published_on < d.decided_on
              THEN 2 END AS level
  FROM decision d LEFT JOIN backwards b ON b.decision_id = d.decision_id
  WHERE d.state <> 'withdrawn' AND DATE_DIFF('day', d.proposed_on, $as_of) <= $window_days
)
SELECT f.village_code, 'decision:' || CAST(f.decision_id AS VARCHAR) AS subject, '' AS key, f.level,
       'decision:' || CAST(f.decision_id AS VARCHAR)
         || CASE WHEN f.row_id IS NULL THEN '' ELSE ' decision_step:' || CAST(f.row_id AS VARCHAR) END AS evidence,
       f.case_no, f.subject AS matter, f.proposed_on, f.decided_on,
       CASE WHEN f.level = 3 THEN '表决前已写明对象 / named before the vote'
            WHEN f.row_id IS NOT NULL THEN '会议次序颠倒 / meetings in the wrong order'
            ELSE '公开次序颠倒 / published in the wrong order' END AS why
FROM found f
WHERE f.level IS NOT NULL
