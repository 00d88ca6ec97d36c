/*
id: GC04
names: {zh: 应招未招, en: No competition where the class asks for it}
group: GC
grain: village
reads: [project]
nature: gain
parameters: {}
levels:
  red: {zh: 限额类别不允许直接发包而直接发包, en: "Given directly although the class does not allow it"}
basis:
  - {law: 招标投标法, version: 2017年修正, article: 第四条}
  - {law: 必须招标的工程项目规定, version: 国家发展改革委令2018年第16号, article: 第五条}
explain:
  zh: "{title}合同价{contract_cents:money}，直接发包给{contractor}；该限额类别不允许直接发包。"
  en: "{title} at {contract_cents:money} was given directly to {contractor}; its class does not allow this."
exclusions:
  zh: 应急抢修。
  en: "Emergency repairs."
false_alarms:
  zh: 有抢险命令而未登记为应急的。
  en: "Repairs ordered in an emergency that were not entered as such."
weight: 5
status: active
owner: agriculture
source: GC04
*/
SELECT village_code, 'project:' || CAST(project_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'project:' || CAST(project_id AS VARCHAR) AS evidence, title, COALESCE(contract_cents, budget_cents) AS contract_cents,
       contractor
FROM project
WHERE mode = 'direct' AND NOT CONTAINS(modes, 'direct') AND NOT is_emergency AND NOT is_given_up AND proposed_on <= $as_of
