/*
id: CQ02
names: {zh: 起始价低于评估或上期成交价, en: Starting price below the valuation or the last price}
group: CQ
grain: village
reads: [lot, deal]
nature: gain
parameters:
  orange_percent: {value: 80, unit: percent, zh: 低于评估价或上期价多少督促, en: Urged below this share, origin: default}
  window_days: {value: 730, unit: days, zh: 看多少天以内的标的, en: Lots of the last so many days, origin: default}
levels:
  yellow: {zh: 起始价低于评估价或同一资产上期成交价, en: Below the valuation or below what the same asset fetched last}
  orange: {zh: 低于八成, en: Below 80 % of it}
basis: []
note: {zh: 低于评估价出让一般要经成员（代表）大会专门表决，比例以县里和章程规定为准。, en: "Going below the valuation usually takes a vote of its own; the share is that of the county and the statutes."}
explain:
  zh: "{title}起始价{start_cents:money}，评估价{valuation_cents:money}，上期成交价{last_cents:money}。"
  en: "{title}: starting price {start_cents:money}, valuation {valuation_cents:money}, last price {last_cents:money}."
exclusions:
  zh: 采购和工程；计价方式不同的上期成交；没有评估也没有上期成交的。
  en: "Works and purchases; a last price counted otherwise; lots with neither a valuation nor a last price."
false_alarms:
  zh: 行情下跌、设施老化，已重新表决。
  en: A falling market or worn equipment, voted on anew.
weight: 4
status: active
owner: agriculture
source: CQ02
*/
WITH sold AS (
  SELECT l.village_code, l.asset_no, l.per_year, d.deal_id, d.price_cents, d.made_at
  FROM lot l JOIN deal d ON d.lot_id = l.lot_id
  WHERE d.stands AND NOT l.buys AND l.asset_no <> ''
),
last AS (
  SELECT l.lot_id, s.deal_id, s.price_cents,
         ROW_NUMBER() OVER (PARTITION BY l.lot_id ORDER BY s.made_at DESC, s.deal_id DESC) AS n
  FROM lot l JOIN sold s ON s.village_code = l.village_code AND s.asset_no = l.asset_no AND s.per_year = l.per_year
  WHERE s.made_at < l.applied_at
),
judged AS (
  SELECT l.village_code, l.lot_id, l.title, l.start_cents, l.valuation_cents, p.price_cents AS last_cents, p.deal_id,
         GREATEST(COALESCE(l.valuation_cents, 0), COALESCE(p.price_cents, 0)) AS worth_cents
  FROM lot l LEFT JOIN last p ON p.lot_id = l.lot_id AND p.n = 1
  WHERE NOT l.buys AND l.step NOT IN ('applied', 'refused', 'withdrawn')
    AND DATE_DIFF('day', l.applied_at, $as_of) BETWEEN 0 AND $window_days
)
SELECT village_code, 'lot:' || CAST(lot_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN start_cents * 100 < worth_cents * $orange_percent THEN 2 ELSE 1 END AS level,
       'lot:' || CAST(lot_id AS VARCHAR) || CASE WHEN deal_id IS NULL THEN '' ELSE ' deal:' || CAST(deal_id AS VARCHAR) END AS evidence,
       title, start_cents, valuation_cents, last_cents
FROM judged WHERE start_cents < worth_cents
