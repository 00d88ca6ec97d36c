/*
id: ZC10
names: {zh: 资产到期没有盘点, en: Assets not counted in time}
group: ZC
grain: village
reads: [asset]
nature: form
parameters:
  yellow_days: {value: 365, unit: days, zh: 多少天没有盘点提示, en: Days since the last count before a reminder, origin: default}
  orange_days: {value: 730, unit: days, zh: 多少天没有盘点预警, en: Days since the last count before a warning, origin: default}
levels:
  yellow: {zh: 有资产超过12个月没有盘点, en: Assets not counted for more than 12 months}
  orange: {zh: 有资产超过24个月没有盘点, en: Assets not counted for more than 24 months}
basis: []
note: {zh: 盘点周期由县里确定。, en: The county sets how often assets are counted.}
explain:
  zh: "有{assets}项资产资源到期没有盘点，原值共{original_cents:money}，最早一项从{since}起没有盘点，已有{days}天。"
  en: "{assets} assets or parcels are due for counting, original value {original_cents:money}; the oldest has not been counted since {since}, {days} days."
exclusions:
  zh: 已出售、报废的和取得不满一年的不预警；一个村只出一条。
  en: Left out is what was sold, scrapped or acquired less than a year ago; one alert for a village.
false_alarms:
  zh: 盘点已做但结果没有录入；无形资产等不需要实地盘点。
  en: Counted but not entered; intangible things that need no counting on the spot.
weight: 1
status: active
owner: agriculture
source: A01
*/
WITH late AS (
  SELECT village_code, asset_id, original_cents, COALESCE(counted_on, acquired_on) AS since,
         ROW_NUMBER() OVER (PARTITION BY village_code ORDER BY COALESCE(counted_on, acquired_on), asset_id) AS place
  FROM asset
  WHERE status NOT IN ('sold', 'scrapped') AND class <> 'intangible'
    AND DATE_DIFF('day', COALESCE(counted_on, acquired_on), $as_of) > $yellow_days
)
SELECT l.village_code, 'village:' || CAST(l.village_code AS VARCHAR) AS subject, '' AS key,
       CASE WHEN DATE_DIFF('day', MIN(l.since), $as_of) > $orange_days THEN 2 ELSE 1 END AS level,
       STRING_AGG(CASE WHEN l.place <= 20 THEN 'asset:' || CAST(l.asset_id AS VARCHAR) END, ' ' ORDER BY l.place) AS evidence,
       COUNT(*) AS assets, CAST(SUM(l.original_cents) AS BIGINT) AS original_cents, MIN(l.since) AS since,
       DATE_DIFF('day', MIN(l.since), $as_of) AS days
FROM late l
GROUP BY l.village_code
