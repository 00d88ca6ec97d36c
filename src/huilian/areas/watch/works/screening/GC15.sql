/*
id: GC15
names: {zh: 重复申报, en: The same work paid from two funds}
group: GC
grain: village
reads: [project, project_event]
nature: gain
parameters:
  window_days: {value: 1095, unit: days, zh: 相隔多少天以内, en: "Within so many days", origin: default}
  near_percent: {value: 90, unit: percent, zh: 预算接近到百分之几, en: "Budgets as close as this", origin: default}
levels:
  red: {zh: 同一地点、同样内容或同一张照片，资金来源不同, en: "The same place and content, or the same photograph, under two funds"}
basis: []
note: {zh: 资金主管部门各自的办法都不许重复申报。, en: "The rules of each fund forbid a second application."}
explain:
  zh: "{title}（{fund}）与{other}（{other_fund}）地点相同、内容相同或照片相同。"
  en: "{title} ({fund}) and {other} ({other_fund}) are in the same place with the same content, or show the same photograph."
exclusions:
  zh: 撤销的项目；资金来源相同的。
  en: "Works that were given up; works from one fund."
false_alarms:
  zh: 同一条路的二期、延伸段。
  en: "The second phase or extension of a road."
weight: 5
status: active
owner: agriculture
source: GC15
*/
WITH live AS (
  SELECT project_id, village_code, title, scope, site, fund, budget_cents, proposed_on
  FROM project WHERE NOT is_given_up AND proposed_on <= $as_of
),
alike AS (
  SELECT a.project_id AS first_id, b.project_id AS second_id
  FROM live a JOIN live b ON a.village_code = b.village_code AND a.site = b.site AND a.scope = b.scope
  WHERE a.project_id < b.project_id AND a.fund <> b.fund AND a.site <> ''
    AND DATE_DIFF('day', a.proposed_on, b.proposed_on) BETWEEN -$window_days AND $window_days
    AND LEAST(a.budget_cents, b.budget_cents) * 100 >= GREATEST(a.budget_cents, b.budget_cents) * $near_percent
),
shown AS (
  SELECT DISTINCT x.project_id AS first_id, y.project_id AS second_id
  FROM project_event x JOIN project_event y ON x.village_code = y.village_code AND x.photo_hash = y.photo_hash
  WHERE x.photo_hash <> '' AND x.project_id < y.project_id
),
pairs AS (
  SELECT first_id, second_id FROM alike
  UNION
  SELECT first_id, second_id FROM shown
)
SELECT b.village_code, 'project:' || CAST(b.project_id AS VARCHAR) AS subject, CAST(a.project_id AS VARCHAR) AS key,
       3 AS level,
       'project:' || CAST(b.project_id AS VARCHAR) || ' project:' || CAST(a.project_id AS VARCHAR) AS evidence,
       b.title, b.fund, a.title AS other, a.fund AS other_fund
FROM pairs p JOIN live a ON a.project_id = p.first_id JOIN live b ON b.project_id = p.second_id
WHERE a.fund <> b.fund
