/*
id: GC05
names: {zh: 变更超比例, en: Changes over their share of the contract}
group: GC
grain: village
reads: [project, project_change]
nature: gain
parameters:
  yellow_percent: {value: 5, unit: percent, zh: 提示, en: "Reminder above", origin: default}
  orange_percent: {value: 10, unit: percent, zh: 督促, en: "Urged above", origin: default}
  red_percent: {value: 20, unit: percent, zh: 督办, en: "Supervised above", origin: default}
levels:
  yellow: {zh: 累计变更超过合同价的5%, en: "Changes above 5 % of the contract"}
  orange: {zh: 超过10%, en: "Above 10 %"}
  red: {zh: 超过20%, en: "Above 20 %"}
basis:
  - {law: 政府采购法, version: 2014年修正, article: 第四十九条}
note: {zh: 10%是政府采购补充合同的界限，村级工程参照；增加和减少不相抵。, en: "10 % is the bound of additional contracts in public procurement, followed here; more and less do not cancel out."}
explain:
  zh: "{title}已批变更{changes}次，累计{sum_cents:money}，占合同价{contract_cents:money}的{share:percent}。"
  en: "{title} has {changes} approved changes of {sum_cents:money} together, {share:percent} of the contract of {contract_cents:money}."
exclusions:
  zh: 没有批准的变更不计。
  en: "Changes that were not approved."
false_alarms:
  zh: 地质条件、洪水等确需增加的。
  en: "Rock, water or a flood."
weight: 3
status: active
owner: agriculture
source: GC05
*/
WITH total AS (
  SELECT project_id, COUNT(*) AS changes, CAST(SUM(ABS(amount_cents)) AS BIGINT) AS sum_cents,
         STRING_AGG('project_change:' || CAST(change_id AS VARCHAR), ' ' ORDER BY change_id) AS rows_
  FROM project_change WHERE is_approved AND decided_on <= $as_of
  GROUP BY project_id HAVING COUNT(*) <= 19
)
SELECT p.village_code, 'project:' || CAST(p.project_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN t.sum_cents * 100 > p.contract_cents * $red_percent THEN 3
            WHEN t.sum_cents * 100 > p.contract_cents * $orange_percent THEN 2 ELSE 1 END AS level,
       'project:' || CAST(p.project_id AS VARCHAR) || ' ' || t.rows_ AS evidence, p.title, t.changes, t.sum_cents,
       p.contract_cents, ROUND(t.sum_cents / NULLIF(p.contract_cents, 0), 4) AS share
FROM project p JOIN total t ON t.project_id = p.project_id
WHERE p.contract_cents > 0 AND t.sum_cents * 100 > p.contract_cents * $yellow_percent
