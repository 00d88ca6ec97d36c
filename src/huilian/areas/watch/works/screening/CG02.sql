/*
id: CG02
names: {zh: 直接采购频繁, en: Direct purchases too often}
group: CG
grain: village
reads: [purchase]
nature: gain
parameters:
  year_days: {value: 365, unit: days, zh: 回看多少天, en: "How many days to look back", origin: default}
  min_buys: {value: 5, unit: purchases, zh: 至少多少次才比较, en: "Purchases needed for a comparison", origin: default}
  floor_cents: {value: 200000, unit: cents, zh: 达到多少金额才算, en: "From which amount a purchase counts", origin: default}
  yellow_percent: {value: 20, unit: percent, zh: 提示, en: "Reminder above", origin: default}
  orange_percent: {value: 40, unit: percent, zh: 督促, en: "Urged above", origin: default}
levels:
  yellow: {zh: 直接采购占20%以上, en: "More than 20 % bought directly"}
  orange: {zh: 40%以上, en: "More than 40 %"}
basis: []
note: {zh: 比例由县里规定。, en: "The shares are the county's own."}
explain:
  zh: "一年内{buys}次采购中有{direct}次直接定供应商，没有比价。"
  en: "In a year {direct} of {buys} purchases were given directly, without comparing prices."
exclusions:
  zh: 应急采购；金额很小的采购。
  en: "Emergencies; very small purchases."
false_alarms:
  zh: 专利产品、唯一供应商。
  en: "A patent, a single supplier."
weight: 2
status: active
owner: agriculture
source: CG02
*/
WITH counted AS (
  SELECT village_code, project_id, mode
  FROM purchase
  WHERE NOT is_emergency AND NOT is_given_up AND mode <> '' AND total_cents >= $floor_cents
    AND DATE_DIFF('day', bought_on, $as_of) BETWEEN 0 AND $year_days
)
SELECT village_code, 'purchase:' || CAST(MIN(CASE WHEN mode = 'direct' THEN project_id END) AS VARCHAR) AS subject,
       '' AS key,
       CASE WHEN COUNT(CASE WHEN mode = 'direct' THEN 1 END) * 100 > COUNT(*) * $orange_percent THEN 2 ELSE 1 END AS level,
       'purchase:' || CAST(MIN(CASE WHEN mode = 'direct' THEN project_id END) AS VARCHAR) AS evidence,
       COUNT(*) AS buys, COUNT(CASE WHEN mode = 'direct' THEN 1 END) AS direct
FROM counted
GROUP BY village_code
HAVING COUNT(*) >= $min_buys AND COUNT(CASE WHEN mode = 'direct' THEN 1 END) * 100 > COUNT(*) * $yellow_percent
