/*
id: GC10
names: {zh: 验收异常, en: Something wrong with an acceptance}
group: GC
grain: village
reads: [project, acceptance]
nature: gain
parameters:
  min_signers: {value: 2, unit: people, zh: 至少几人签字, en: "How many sign at least", origin: default}
levels:
  orange: {zh: 没有验收就结算、一人签字或者完工前验收, en: "Settled without acceptance, signed by one, or before the work was finished"}
basis:
  - {law: 关于建立健全村务监督委员会的指导意见, version: 中办国办 2017-12-04, article: 村级工程项目建设监督}
explain:
  zh: "{title}验收异常：完工{finished_on}，验收{held_on}，签字{signers}人。"
  en: "{title}: finished on {finished_on}, accepted on {held_on}, signed by {signers}."
exclusions:
  zh: 应急抢修；撤销的项目。
  en: "Emergency repairs; works that were given up."
false_alarms:
  zh: 小修小补用一张表合并验收。
  en: "Small repairs accepted together on one form."
weight: 4
status: active
owner: agriculture
source: GC10
*/
WITH good AS (
  SELECT project_id, MIN(acceptance_id) AS acceptance_id, MAX(signers) AS signers, MIN(held_on) AS held_on
  FROM acceptance WHERE result = 'passed' AND held_on <= $as_of GROUP BY project_id
)
SELECT p.village_code, 'project:' || CAST(p.project_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'project:' || CAST(p.project_id AS VARCHAR)
         || COALESCE(' acceptance:' || CAST(g.acceptance_id AS VARCHAR), '') AS evidence, p.title,
       p.finished_on, g.held_on, COALESCE(g.signers, 0) AS signers
FROM project p LEFT JOIN good g ON g.project_id = p.project_id
WHERE NOT p.is_emergency AND NOT p.is_given_up
  AND ((g.project_id IS NULL AND p.settled_on <= $as_of) OR g.held_on < p.finished_on OR g.signers < $min_signers)
