/*
id: ZC01
names: {zh: 资产资源闲置, en: Asset or resource lying idle}
group: ZC
grain: village
reads: [asset, contract]
nature: form
parameters:
  yellow_days: {value: 90, unit: days, zh: 闲置超过多少天提示, en: Days idle before a reminder, origin: default}
  orange_days: {value: 180, unit: days, zh: 闲置超过多少天预警, en: Days idle before a warning, origin: default}
  red_days: {value: 365, unit: days, zh: 闲置超过多少天督办, en: Days idle before supervision, origin: default}
levels:
  yellow: {zh: 闲置超过90天, en: Idle for more than 90 days}
  orange: {zh: 闲置超过180天, en: Idle for more than 180 days}
  red: {zh: 闲置超过365天, en: Idle for more than 365 days}
basis: []
note: {zh: 闲置天数没有统一规定，由县里确定。, en: No rule of law fixes the number of days; the county sets it.}
explain:
  zh: "{name}（{number}）从{status_since}起闲置，已有{days_idle}天，没有出租、发包，也没有收益。"
  en: "{name} ({number}) has lain idle since {status_since}, {days_idle} days now; it is not let and brings in nothing."
exclusions:
  zh: 公益设施和道路水利等基础设施、实际用途写明危房、待拆、预留或规划的、已签有效合同只是状态没改的，不预警。
  en: Left out are public facilities and infrastructure, what is marked as unsafe, to be pulled down, kept in reserve or planned, and what has a running contract although its card still says idle.
false_alarms:
  zh: 房屋已不能使用但卡片没有写明；已发公告正在招租。
  en: A building that can no longer be used although its card does not say so; a letting already announced.
weight: 2
status: active
owner: agriculture
source: ZC01, A02
*/
WITH idle AS (
  SELECT village_code, asset_id, number, name, status_since, original_cents, area_mu,
         DATE_DIFF('day', status_since, $as_of) AS days_idle
  FROM asset
  WHERE status = 'idle' AND class NOT IN ('welfare', 'infrastructure')
    AND NOT CONTAINS(actual_use, '危房') AND NOT CONTAINS(actual_use, '待拆')
    AND NOT CONTAINS(actual_use, '预留') AND NOT CONTAINS(actual_use, '规划')
)
SELECT i.village_code, 'asset:' || CAST(i.asset_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN i.days_idle > $red_days THEN 3 WHEN i.days_idle > $orange_days THEN 2 ELSE 1 END AS level,
       'asset:' || CAST(i.asset_id AS VARCHAR) AS evidence,
       i.number, i.name, i.status_since, i.days_idle, i.original_cents, i.area_mu
FROM idle i
WHERE i.days_idle > $yellow_days
  AND i.asset_id NOT IN (
    SELECT asset_id FROM contract
    WHERE asset_id IS NOT NULL AND direction = 'income' AND status = 'active'
      AND starts_on <= $as_of AND ends_on >= $as_of
  )
