/*
id: GC01
names: {zh: 工程化整为零, en: Works split to stay under a limit}
group: GC
grain: village
reads: [project]
nature: gain
parameters:
  window_days: {value: 180, unit: days, zh: 前后相隔多少天以内合并看, en: "Works so close together are looked at as one", origin: default}
  share_percent: {value: 40, unit: percent, zh: 同一承包人的工程达到限额的百分之几才合并看, en: "Works of one builder count from this share of the limit", origin: default}
  orange_count: {value: 3, unit: works, zh: 几个督促, en: "Works that are urged", origin: default}
  red_percent: {value: 150, unit: percent, zh: 合计达到限额的百分之几督办, en: "Supervised from this share of the limit", origin: default}
levels:
  yellow: {zh: 同村两个工程各自不超限额，合计超过, en: "Two works of a village under the limit, together above it"}
  orange: {zh: 三个以上, en: "Three or more"}
  red: {zh: 合计达到限额的1.5倍, en: "Together one and a half times the limit"}
basis:
  - {law: 招标投标法, version: 2017年修正, article: 第四条}
note: {zh: 限额由县里规定；法律禁止的是将依法必须招标的项目化整为零。, en: "The limits are the county's own; the law forbids splitting what must be tendered."}
explain:
  zh: "从{first_on}到{last_on}在{site}（{contractor}）有{works}个工程，各自不超过限额{limit_cents:money}，合计{sum_cents:money}。"
  en: "From {first_on} to {last_on} there are {works} works at {site} ({contractor}), each within the limit of {limit_cents:money}, {sum_cents:money} together."
exclusions:
  zh: 应急抢修；撤销的项目；最高一类没有上限，不比较。
  en: "Emergency repairs; works that were given up; the highest class has no limit."
false_alarms:
  zh: 不同部门分期下达的资金；同一承包人在两个组承接的互不相干的小工程。
  en: "Money that bureaus send in phases; small works of one builder that have nothing to do with one another."
weight: 5
status: active
owner: agriculture
source: GC01
*/
WITH small AS (
  SELECT village_code, project_id, title, site, contractor, contractor_norm, limit_cents, budget_cents,
         COALESCE(signed_on, proposed_on) AS on_day
  FROM project
  WHERE limit_cents IS NOT NULL AND budget_cents <= limit_cents AND NOT is_emergency AND NOT is_given_up
    AND proposed_on <= $as_of
),
ways AS (
  SELECT village_code, project_id, title, site, contractor, limit_cents, budget_cents, on_day, 's:' || site AS way
  FROM small WHERE site <> ''
  UNION ALL
  SELECT village_code, project_id, title, site, contractor, limit_cents, budget_cents, on_day,
         'c:' || contractor_norm AS way
  FROM small WHERE contractor_norm <> '' AND budget_cents * 100 >= limit_cents * $share_percent
),
ordered AS (
  SELECT village_code, project_id, title, site, contractor, limit_cents, budget_cents, on_day, way,
         LAG(on_day) OVER (PARTITION BY village_code, limit_cents, way ORDER BY on_day, project_id) AS before_on
  FROM ways
),
linked AS (
  SELECT village_code, project_id, title, site, contractor, limit_cents, budget_cents, on_day, way,
         CASE WHEN before_on IS NULL OR DATE_DIFF('day', before_on, on_day) > $window_days THEN 1 ELSE 0 END AS fresh
  FROM ordered
),
chains AS (
  SELECT village_code, project_id, title, site, contractor, limit_cents, budget_cents, on_day, way,
         CAST(SUM(fresh) OVER (PARTITION BY village_code, limit_cents, way ORDER BY on_day, project_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS chain
  FROM linked
),
groups AS (
  SELECT village_code, MIN(project_id) AS first_id, limit_cents, way, COUNT(*) AS works,
         CAST(SUM(budget_cents) AS BIGINT) AS sum_cents, MIN(on_day) AS first_on, MAX(on_day) AS last_on,
         MIN(site) AS site, MIN(contractor) AS contractor,
         STRING_AGG('project:' || CAST(project_id AS VARCHAR), ' ' ORDER BY project_id) AS evidence
  FROM chains
  GROUP BY village_code, limit_cents, way, chain
  HAVING COUNT(*) > 1 AND COUNT(*) <= 20 AND SUM(budget_cents) > limit_cents
),
best AS (
  SELECT village_code, first_id, limit_cents, works, sum_cents, first_on, last_on, site, contractor, evidence,
         ROW_NUMBER() OVER (PARTITION BY village_code, first_id ORDER BY sum_cents DESC, way, first_id) AS n
  FROM groups
)
SELECT village_code, 'project:' || CAST(first_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN sum_cents * 100 >= limit_cents * $red_percent THEN 3 WHEN works >= $orange_count THEN 2 ELSE 1 END AS level,
       evidence, first_on, last_on, site, contractor, works, limit_cents, sum_cents
FROM best WHERE n = 1
