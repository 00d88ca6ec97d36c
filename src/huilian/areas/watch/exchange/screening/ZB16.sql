/*
id: ZB16
names: {zh: 陪标式报价, en: Prices shaped like cover bids}
group: ZB
grain: village
reads: [lot, bid]
nature: gain
parameters:
  min_losers: {value: 3, unit: times, zh: 至少几个落选报价, en: Losing prices needed, origin: default}
  cv_permille: {value: 60, unit: permille, zh: 全部报价的变异系数低于, en: Coefficient of variation of all prices below, origin: default}
  near_times: {value: 3, unit: times, zh: 最优与次优之差达到落选报价标准差的几倍提醒, en: "Reminded when the first is so many standard deviations of the losing prices ahead", origin: default}
  gap_times: {value: 5, unit: times, zh: 达到几倍督促, en: "Urged when it is so many ahead", origin: default}
levels:
  yellow: {zh: 报价整体贴得很近，而最优报价与次优拉开落选报价标准差的三倍以上, en: "All prices close together, yet the best three standard deviations ahead of the rest"}
  orange: {zh: 拉开五倍以上, en: Five standard deviations ahead}
basis: []
note: {zh: 依据国外公开研究（Imhof 2017；Imhof、Karagök、Rutz 2018，JCLE 14卷2期）：陪标使落选报价挤在一起、与中选价拉开，即变异系数小、相对距离大于1。界限由县里规定，只作提示，不作结论：四个互不相干的均匀报价也有约15%达到三倍、7%达到五倍，六个报价约4%和1%。, en: "After published research (Imhof 2017; Imhof, Karagök and Rutz 2018, JCLE 14(2)): cover bids crowd together behind the winner, so the variation is small and the relative distance above one. The limits are the county's own; a hint and no finding: of lots with four independent, evenly spread prices about 15 % reach three and 7 % five deviations; with six prices about 4 % and 1 %."}
explain:
  zh: "{title}有{bids}个报价，最优{best_cents:money}，次优{second_cents:money}，落选报价之间标准差{sd_cents:money}。"
  en: "{title}: {bids} prices, best {best_cents:money}, second {second_cents:money}, standard deviation of the losing prices {sd_cents:money}."
exclusions:
  zh: 网络竞价（加价幅度决定差距）；落选报价不足三个。
  en: "Timed online bidding, where steps set the distances; fewer than three losing prices."
false_alarms:
  zh: 中选人工艺或位置确有优势；其他人按同一信息价报价。
  en: A winner with a real advantage; others pricing from one list.
weight: 2
status: active
owner: discipline
source: bid-rigging screens (CV, relative distance)
*/
WITH final AS (
  SELECT b.village_code, b.lot_id, l.title, b.bid_id, b.price_cents,
         ROW_NUMBER() OVER (PARTITION BY b.lot_id
           ORDER BY CASE WHEN l.buys THEN b.price_cents ELSE -b.price_cents END, b.bid_at, b.bid_id) AS n
  FROM bid b JOIN lot l ON l.lot_id = b.lot_id
  WHERE b.is_final AND l.method <> 'timed'
),
shaped AS (
  SELECT lot_id, COUNT(*) AS bids, MAX(CASE WHEN n = 1 THEN price_cents END) AS best_cents,
         MAX(CASE WHEN n = 2 THEN price_cents END) AS second_cents,
         STDDEV_SAMP(price_cents) / NULLIF(AVG(price_cents), 0) AS cv,
         STDDEV_SAMP(CASE WHEN n > 1 THEN price_cents END) AS sd
  FROM final GROUP BY lot_id HAVING COUNT(*) > $min_losers AND COUNT(*) <= 20
),
odd AS (
  SELECT lot_id, bids, best_cents, second_cents, sd FROM shaped
  WHERE cv * 1000 < $cv_permille AND ABS(best_cents - second_cents) >= sd * $near_times
)
SELECT f.village_code, 'bidding:' || CAST(f.lot_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN ABS(o.best_cents - o.second_cents) >= o.sd * $gap_times THEN 2 ELSE 1 END AS level,
       STRING_AGG('bid:' || CAST(f.bid_id AS VARCHAR), ' ' ORDER BY f.bid_id) AS evidence,
       f.title, o.bids, o.best_cents, o.second_cents, CAST(ROUND(o.sd) AS BIGINT) AS sd_cents
FROM odd o JOIN final f ON f.lot_id = o.lot_id
GROUP BY f.village_code, f.lot_id, f.title, o.bids, o.best_cents, o.second_cents, o.sd
