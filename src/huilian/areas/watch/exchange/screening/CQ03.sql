/*
id: CQ03
names: {zh: 单人底价成交, en: One bidder at the starting price}
group: CQ
grain: village
reads: [lot, deal]
nature: gain
parameters:
  premium_permille: {value: 5, unit: permille, zh: 溢价不超过多少算底价, en: Counts as the starting price up to this premium, origin: default}
  in_row: {value: 3, unit: times, zh: 连续几次提示, en: Reminder after so many in a row, origin: default}
  min_deals: {value: 5, unit: times, zh: 至少几次成交才看比例, en: Deals needed to look at the share, origin: default}
  share_percent: {value: 80, unit: percent, zh: 比例达到多少督促, en: Urged from this share, origin: default}
  window_days: {value: 1095, unit: days, zh: 回看多少天, en: How many days to look back, origin: default}
levels:
  yellow: {zh: 本村连续三次只有一人竞买、底价成交, en: "Three times in a row one bidder only, at the starting price"}
  orange: {zh: 五次以上成交，八成如此, en: "Five deals or more, 80 % of them so"}
basis: []
note: {zh: 单人底价成交合法；反复出现要看公告是否到位、条件是否排他。, en: "One bidder at the starting price is lawful; again and again, look at the notices and the terms."}
explain:
  zh: "本村三年成交{deals}次，其中{alone}次只有一人竞买、底价成交，最近连续{run}次。"
  en: "{deals} deals in three years, {alone} with one bidder at the starting price, the latest {run} in a row."
exclusions:
  zh: 采购和工程（由ZB14管）。
  en: Works and purchases (ZB14 looks at those).
false_alarms:
  zh: 位置偏、面积小，没有别人要。
  en: Remote or small things nobody else wants.
weight: 3
status: active
owner: agriculture
source: CQ03
*/
WITH sold AS (
  SELECT d.village_code, d.lot_id, d.deal_id,
         CASE WHEN d.bidders = 1 AND (d.price_cents - l.start_cents) * 1000 <= l.start_cents * $premium_permille
              THEN 1 ELSE 0 END AS alone,
         ROW_NUMBER() OVER (PARTITION BY d.village_code ORDER BY d.made_at DESC, d.deal_id DESC) AS n
  FROM deal d JOIN lot l ON l.lot_id = d.lot_id
  WHERE d.stands AND NOT l.buys AND DATE_DIFF('day', d.made_at, $as_of) BETWEEN 0 AND $window_days
),
counted AS (
  SELECT village_code, COUNT(*) AS deals, CAST(SUM(alone) AS BIGINT) AS alone,
         COALESCE(MIN(CASE WHEN alone = 0 THEN n END) - 1, COUNT(*)) AS run, MIN(lot_id) AS first_id,
         MIN(CASE WHEN alone = 1 THEN deal_id END) AS first_deal, MAX(CASE WHEN alone = 1 THEN deal_id END) AS last_deal
  FROM sold GROUP BY village_code
)
SELECT village_code, 'village:' || CAST(village_code AS VARCHAR) AS subject, '' AS key,
       CASE WHEN deals >= $min_deals AND alone * 100 >= deals * $share_percent THEN 2 ELSE 1 END AS level,
       'deal:' || CAST(first_deal AS VARCHAR) || ' deal:' || CAST(last_deal AS VARCHAR) AS evidence, deals, alone, run
FROM counted
WHERE run >= $in_row OR (deals >= $min_deals AND alone * 100 >= deals * $share_percent)
