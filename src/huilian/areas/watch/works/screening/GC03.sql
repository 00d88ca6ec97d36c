/*
id: GC03
names: {zh: 先开工后发包, en: Begun before the builder was chosen}
group: GC
grain: village
reads: [project]
nature: gain
parameters: {}
levels:
  red: {zh: 开工日期早于确定承包人或签订合同, en: "Work began before the builder was chosen or the contract signed"}
basis:
  - {law: 招标投标法, version: 2017年修正, article: 第四条}
note: {zh: 小额工程参照执行；本县规定先确定承包人、签订合同再开工。, en: "Followed for smaller works as well; the county's procedure has the choice and the contract first."}
explain:
  zh: "{title}于{started_on}开工，{awarded_on}才确定承包人{contractor}。"
  en: "{title} was begun on {started_on}; {contractor} was chosen on {awarded_on} only."
exclusions:
  zh: 应急抢修。
  en: "Emergency repairs."
false_alarms:
  zh: 清表、临时便道等前期准备。
  en: "Clearing the site, a temporary way."
weight: 5
status: active
owner: agriculture
source: GC03
*/
SELECT village_code, 'project:' || CAST(project_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'project:' || CAST(project_id AS VARCHAR) AS evidence, title, started_on,
       COALESCE(awarded_on, signed_on) AS awarded_on, contractor
FROM project
WHERE NOT is_emergency AND started_on <= $as_of
  AND (started_on < awarded_on OR started_on < signed_on)
