/*
id: GC02
names: {zh: 预算贴近限额, en: Budgets just under a limit}
group: GC
grain: village
reads: [project]
nature: gain
parameters:
  near_percent: {value: 90, unit: percent, zh: 达到限额的百分之几算贴近, en: "From this share of the limit a budget is close to it", origin: default}
  year_days: {value: 365, unit: days, zh: 回看多少天, en: "How many days to look back", origin: default}
  orange_count: {value: 3, unit: works, zh: 几个督促, en: "Works that are urged", origin: default}
levels:
  yellow: {zh: 预算达到限额的九成以上而不超过, en: "A budget from nine tenths of the limit up to it"}
  orange: {zh: 一年内三个以上, en: "Three or more in a year"}
basis: []
note: {zh: 没有上位规定，供审核预算时参考。, en: "No higher rule; a hint for whoever reviews the budget."}
explain:
  zh: "一年内有{works}个工程的预算在限额{limit_cents:money}的{near}%以上而不超过，最近一个是{title}（{budget_cents:money}）。"
  en: "In a year {works} works have a budget within {near} % of the limit of {limit_cents:money}; the latest is {title} ({budget_cents:money})."
exclusions:
  zh: 应急抢修；撤销的项目。
  en: "Emergency repairs; works that were given up."
false_alarms:
  zh: 按统一补助标准编制的预算。
  en: "Budgets that follow one standard of subsidies."
weight: 2
status: active
owner: agriculture
source: GC02
*/
WITH near AS (
  SELECT village_code, project_id, title, limit_cents, budget_cents, proposed_on,
         ROW_NUMBER() OVER (PARTITION BY village_code, limit_cents ORDER BY proposed_on DESC, project_id DESC) AS latest
  FROM project
  WHERE limit_cents IS NOT NULL AND budget_cents <= limit_cents AND budget_cents * 100 >= limit_cents * $near_percent
    AND NOT is_emergency AND NOT is_given_up AND DATE_DIFF('day', proposed_on, $as_of) BETWEEN 0 AND $year_days
)
SELECT village_code, 'project:' || CAST(MIN(project_id) AS VARCHAR) AS subject, '' AS key,
       CASE WHEN COUNT(*) >= $orange_count THEN 2 ELSE 1 END AS level,
       STRING_AGG('project:' || CAST(project_id AS VARCHAR), ' ' ORDER BY project_id) AS evidence,
       COUNT(*) AS works, limit_cents, $near_percent AS near,
       MAX(CASE WHEN latest = 1 THEN title END) AS title, MAX(CASE WHEN latest = 1 THEN budget_cents END) AS budget_cents
FROM near
GROUP BY village_code, limit_cents
HAVING COUNT(*) <= 20
