/*
id: ZB04
names: {zh: 报价呈规律性, en: Prices in a pattern}
group: ZB
grain: village
reads: [lot, bid, registration]
nature: gain
parameters:
  min_bids: {value: 4, unit: times, zh: 至少几个报价才看等差等比, en: Prices needed to look for equal steps or ratios, origin: default}
  min_tails: {value: 3, unit: times, zh: 至少几个报价才看尾数, en: Prices needed to look at the last digits, origin: default}
  tolerance_percent: {value: 2, unit: percent, zh: 各级差（比）相差不超过, en: "Steps (ratios) differ by at most", origin: default}
levels:
  orange: {zh: 报价成等差、等比，或非整数尾数全部相同, en: "Prices rise by equal steps or ratios, or all end in the same odd digits"}
  red: {zh: 同时投标人之间电话、账户、设备或作者相同, en: "And bidders share a telephone, account, device or author"}
basis:
  - {law: 招标投标法实施条例, version: 2019-03-02修订, article: 第四十条}
note: {zh: 第四十条列举“报价呈规律性差异”；多大算规律没有全国统一规定。用级差相等而不用相关系数：四个随机报价排序后相关系数也常在0.95以上。, en: "Art. 40 names prices that differ in a regular way; no national rule says how regular. Equal steps are used and not correlation: four random prices, once sorted, often correlate above 0.95."}
explain:
  zh: "{title}有{bids}个报价，最低{low_cents:money}、最高{high_cents:money}，级差在{min_gap_cents:money}到{max_gap_cents:money}之间，或尾数相同。"
  en: "{title}: {bids} prices from {low_cents:money} to {high_cents:money} with steps between {min_gap_cents:money} and {max_gap_cents:money}, or with the same last digits."
exclusions:
  zh: 网络竞价（按规定的加价幅度出价，本来就成规律）。
  en: "Timed online bidding, where prices go in whole steps by rule."
false_alarms:
  zh: 同一定额、同一信息价下浮固定比例。
  en: One quota or price list with a fixed discount.
weight: 4
status: active
owner: discipline
source: ZB04
*/
WITH final AS (
  SELECT b.village_code, b.lot_id, l.title, b.bid_id, b.price_cents,
         LAG(b.price_cents) OVER (PARTITION BY b.lot_id ORDER BY b.price_cents, b.bid_id) AS before_cents
  FROM bid b JOIN lot l ON l.lot_id = b.lot_id
  WHERE b.is_final AND l.method <> 'timed'
),
steps AS (
  SELECT village_code, lot_id, title, COUNT(*) AS bids, MIN(price_cents) AS low_cents, MAX(price_cents) AS high_cents,
         MIN(price_cents - before_cents) AS min_gap_cents, MAX(price_cents - before_cents) AS max_gap_cents,
         MIN((price_cents - before_cents) * 1.0 / NULLIF(before_cents, 0)) AS min_rise,
         MAX((price_cents - before_cents) * 1.0 / NULLIF(before_cents, 0)) AS max_rise,
         MIN(price_cents % 1000000) AS low_tail, MAX(price_cents % 1000000) AS high_tail,
         STRING_AGG('bid:' || CAST(bid_id AS VARCHAR), ' ' ORDER BY bid_id) AS evidence
  FROM final
  GROUP BY village_code, lot_id, title
  HAVING COUNT(*) BETWEEN $min_tails AND 20
),
tied AS (
  SELECT a.lot_id
  FROM registration a JOIN registration b ON b.lot_id = a.lot_id AND b.registration_id > a.registration_id
  WHERE (a.phone_norm <> '' AND a.phone_norm = b.phone_norm) OR (a.account_norm <> '' AND a.account_norm = b.account_norm)
     OR (a.device_key <> '' AND a.device_key = b.device_key) OR (a.author <> '' AND a.author = b.author)
  GROUP BY a.lot_id
)
SELECT s.village_code, 'bidding:' || CAST(s.lot_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN t.lot_id IS NOT NULL THEN 3 ELSE 2 END AS level, s.evidence,
       s.title, s.bids, s.low_cents, s.high_cents, s.min_gap_cents, s.max_gap_cents
FROM steps s LEFT JOIN tied t ON t.lot_id = s.lot_id
WHERE s.min_gap_cents > 0
  AND ((s.bids >= $min_bids AND (s.max_gap_cents - s.min_gap_cents) * 100 <= s.min_gap_cents * $tolerance_percent)
    OR (s.bids >= $min_bids AND (s.max_rise - s.min_rise) * 100 <= s.min_rise * $tolerance_percent)
    OR (s.low_tail = s.high_tail AND s.low_tail % 10000 <> 0))
