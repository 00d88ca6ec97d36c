/*
id: GC06
names: {zh: 结算超合同, en: Settled above the contract}
group: GC
grain: village
reads: [project]
nature: gain
parameters:
  yellow_percent: {value: 105, unit: percent, zh: 提示, en: "Reminder above", origin: default}
  orange_percent: {value: 110, unit: percent, zh: 督促, en: "Urged above", origin: default}
  red_percent: {value: 130, unit: percent, zh: 督办, en: "Supervised above", origin: default}
levels:
  yellow: {zh: 结算超过合同价的105%, en: "Settlement above 105 % of the contract"}
  orange: {zh: 超过110%, en: "Above 110 %"}
  red: {zh: 超过130%, en: "Above 130 %"}
basis: []
note: {zh: 比例由县里规定；批准的变更也计算在内。, en: "The shares are the county's own; approved changes are part of it."}
explain:
  zh: "{title}合同价{contract_cents:money}，结算{settled_cents:money}，为合同价的{share:percent}。"
  en: "{title}: contract {contract_cents:money}, settled at {settled_cents:money}, {share:percent} of the contract."
exclusions:
  zh: 没有结算的。
  en: "Works that are not settled."
false_alarms:
  zh: 合同约定的材料调价。
  en: "A price clause of the contract."
weight: 3
status: active
owner: agriculture
source: GC06
*/
SELECT village_code, 'project:' || CAST(project_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN settled_cents * 100 > contract_cents * $red_percent THEN 3
            WHEN settled_cents * 100 > contract_cents * $orange_percent THEN 2 ELSE 1 END AS level,
       'project:' || CAST(project_id AS VARCHAR) AS evidence, title, contract_cents, settled_cents,
       ROUND(settled_cents / NULLIF(contract_cents, 0), 4) AS share
FROM project
WHERE contract_cents > 0 AND settled_on <= $as_of AND settled_cents * 100 > contract_cents * $yellow_percent
