/*
id: CG03
names: {zh: 供应商集中或关联, en: One supplier, or kin}
group: CG
grain: village
reads: [purchase, cadre, kin]
nature: gain
parameters:
  year_days: {value: 365, unit: days, zh: 回看多少天, en: "How many days to look back", origin: default}
  min_buys: {value: 5, unit: purchases, zh: 至少多少次才比较, en: "Purchases needed for a comparison", origin: default}
  yellow_percent: {value: 50, unit: percent, zh: 金额占比提示, en: "Reminder above this share of the amount", origin: default}
levels:
  yellow: {zh: 一家供应商占采购额一半以上, en: "One supplier has more than half of the amount"}
  red: {zh: 供应商是本村干部近亲属或其企业, en: "The supplier is near kin of an official of the village, or their firm"}
basis: []
note: {zh: 比例由县里规定；亲属供货须回避并公开。, en: "The share is the county's own; with kin somebody else decides, in the open."}
explain:
  zh: "{contractor}一年内供货{times}次，合计{sum_cents:money}，占本村采购额的{share:percent}。"
  en: "{contractor} supplied {times} times in a year, {sum_cents:money} together, {share:percent} of what the village bought."
exclusions:
  zh: 采购不足5次的村（亲属供货除外）；撤销的项目。
  en: "Villages with fewer than 5 purchases (kin excepted); purchases that were given up."
false_alarms:
  zh: 镇上只有一家店。
  en: "The only shop in town."
weight: 3
status: active
owner: agriculture
source: CG03
*/
WITH bought AS (
  SELECT village_code, project_id, contractor, contractor_norm, contractor_key, total_cents
  FROM purchase
  WHERE contractor_norm <> '' AND NOT is_given_up AND DATE_DIFF('day', bought_on, $as_of) BETWEEN 0 AND $year_days
),
village AS (
  SELECT village_code, COUNT(*) AS buys, CAST(SUM(total_cents) AS BIGINT) AS all_cents FROM bought GROUP BY village_code
),
tied AS (
  SELECT village_code, relative_norm AS who FROM kin WHERE relative_norm <> ''
  UNION
  SELECT village_code, relative_key AS who FROM kin WHERE relative_key <> ''
  UNION
  SELECT village_code, person_key AS who FROM cadre WHERE person_key <> '' AND (ends_on IS NULL OR ends_on >= $as_of)
),
supplied AS (
  SELECT village_code, contractor_norm, MIN(contractor) AS contractor, MAX(contractor_key) AS contractor_key,
         COUNT(*) AS times, MAX(project_id) AS last_id, CAST(SUM(total_cents) AS BIGINT) AS sum_cents
  FROM bought GROUP BY village_code, contractor_norm
),
judged AS (
  SELECT f.village_code, f.contractor, f.times, f.last_id, f.sum_cents, v.buys, v.all_cents,
         CASE WHEN k.who IS NOT NULL OR n.who IS NOT NULL THEN 1 ELSE 0 END AS is_tied
  FROM supplied f JOIN village v ON v.village_code = f.village_code
  LEFT JOIN tied k ON k.village_code = f.village_code AND k.who = f.contractor_key AND f.contractor_key <> ''
  LEFT JOIN tied n ON n.village_code = f.village_code AND n.who = f.contractor_norm
)
SELECT village_code, 'purchase:' || CAST(last_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN is_tied = 1 THEN 3 ELSE 1 END AS level, 'purchase:' || CAST(last_id AS VARCHAR) AS evidence,
       contractor, times, sum_cents, ROUND(sum_cents / NULLIF(all_cents, 0), 4) AS share
FROM judged
WHERE is_tied = 1 OR (buys >= $min_buys AND sum_cents * 100 > all_cents * $yellow_percent)
