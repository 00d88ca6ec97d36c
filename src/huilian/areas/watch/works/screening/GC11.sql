/*
id: GC11
names: {zh: 承包高度集中, en: One contractor dominates}
group: GC
grain: county
reads: [project, cadre, kin]
nature: gain
parameters:
  years_days: {value: 1095, unit: days, zh: 回看多少天, en: "How many days to look back", origin: default}
  min_works: {value: 8, unit: works, zh: 同乡镇至少多少个工程才比较, en: "Works in the township needed for a comparison", origin: default}
  yellow_percent: {value: 40, unit: percent, zh: 提示, en: "Reminder above", origin: default}
  orange_percent: {value: 60, unit: percent, zh: 督促, en: "Urged above", origin: default}
levels:
  yellow: {zh: 三年内承接同乡镇40%以上的工程, en: "More than 40 % of a township's works in three years"}
  orange: {zh: 60%以上, en: "More than 60 %"}
  red: {zh: 60%以上，且承包人是村干部近亲属或其企业, en: "More than 60 %, and near kin of an official, or their firm"}
basis: []
note: {zh: 比例由县里规定；集中本身不违规，看程序是否公开。, en: "The shares are the county's own; being chosen often is no fault, what counts is an open procedure."}
explain:
  zh: "{contractor}三年内承接同一乡镇{works}个工程中的{mine}个，合同价合计{sum_cents:money}。"
  en: "{contractor} built {mine} of the {works} works of one township in three years, {sum_cents:money} together."
exclusions:
  zh: 工程不足8个的乡镇；零星工程。
  en: "Townships with fewer than 8 works; minor works."
false_alarms:
  zh: 当地有资质的承包人很少。
  en: "Few qualified builders nearby."
weight: 3
status: active
owner: agriculture
source: GC11
*/
WITH given AS (
  SELECT township_code, village_code, project_id, contractor, contractor_norm, contractor_key, contract_cents
  FROM project
  WHERE contractor_norm <> '' AND class_key <> 'micro' AND contract_cents > 0
    AND DATE_DIFF('day', COALESCE(signed_on, awarded_on), $as_of) BETWEEN 0 AND $years_days
),
town AS (
  SELECT township_code, COUNT(*) AS works FROM given GROUP BY township_code HAVING COUNT(*) >= $min_works
),
tied AS (
  SELECT relative_norm AS who FROM kin WHERE relative_norm <> ''
  UNION
  SELECT relative_key AS who FROM kin WHERE relative_key <> ''
  UNION
  SELECT person_key AS who FROM cadre WHERE person_key <> '' AND (ends_on IS NULL OR ends_on >= $as_of)
),
built AS (
  SELECT g.township_code, g.contractor_norm, MIN(g.contractor) AS contractor, MAX(g.contractor_key) AS contractor_key,
         MAX(g.village_code) AS village_code, COUNT(*) AS mine, MIN(g.project_id) AS first_id, MAX(g.project_id) AS last_id,
         CAST(SUM(g.contract_cents) AS BIGINT) AS sum_cents
  FROM given g GROUP BY g.township_code, g.contractor_norm
),
latest AS (
  SELECT f.township_code, f.contractor_norm, f.contractor, f.mine, f.first_id, f.last_id, f.sum_cents, p.village_code,
         t.works, CASE WHEN k.who IS NOT NULL OR n.who IS NOT NULL THEN 1 ELSE 0 END AS is_tied
  FROM built f JOIN town t ON t.township_code = f.township_code
  JOIN project p ON p.project_id = f.last_id
  LEFT JOIN tied k ON k.who = f.contractor_key AND f.contractor_key <> ''
  LEFT JOIN tied n ON n.who = f.contractor_norm
)
SELECT village_code, 'project:' || CAST(last_id AS VARCHAR) AS subject, CAST(township_code AS VARCHAR) AS key,
       CASE WHEN mine * 100 > works * $orange_percent AND is_tied = 1 THEN 3
            WHEN mine * 100 > works * $orange_percent THEN 2 ELSE 1 END AS level,
       'project:' || CAST(first_id AS VARCHAR) || ' project:' || CAST(last_id AS VARCHAR) AS evidence,
       contractor, works, mine, sum_cents
FROM latest
WHERE mine * 100 > works * $yellow_percent
