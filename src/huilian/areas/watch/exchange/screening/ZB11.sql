/*
id: ZB11
names: {zh: 固定组合轮流中选, en: A ring that takes turns}
group: ZB
grain: county
reads: [registration, deal]
nature: gain
parameters:
  window_days: {value: 1095, unit: days, zh: 回看多少天, en: How many days to look back, origin: default}
  orange_lots: {value: 3, unit: times, zh: 三家同场几次督促, en: Lots the three met in that are urged, origin: default}
  red_lots: {value: 5, unit: times, zh: 督办, en: Supervised from, origin: default}
  inside_percent: {value: 80, unit: percent, zh: 同场标的由三家之一中选的比例, en: Share of those lots that one of the three won, origin: default}
levels:
  orange: {zh: 三家固定同场三次以上，每家都中选过，外人很少中选, en: "Three bidders met three times or more, each won, others hardly ever"}
  red: {zh: 五次以上, en: Five times or more}
basis:
  - {law: 招标投标法, version: 2017-12-27修正, article: 第三十二条}
note: {zh: 同场和轮流中选是线索，不是串通的证据；次数和比例由县里规定。, en: "Meeting and taking turns is a lead, no proof; the counts are the county's own."}
explain:
  zh: "{first_bidder}、{second_bidder}、{third_bidder}同场{lots}次，三家之中中选{inside}次，每家都中选过。"
  en: "{first_bidder}, {second_bidder} and {third_bidder} met in {lots} lots; one of them won {inside}, and each won at least once."
exclusions:
  zh: 三家中有一家从未在同场时中选的（看ZB09）。
  en: Rings in which one of the three never won (see ZB09).
false_alarms:
  zh: 有资质的只有这几家。
  en: Only these few are qualified.
weight: 5
status: active
owner: discipline
source: ZB11
*/
WITH contest AS (
  SELECT deal_id, lot_id, party_key FROM deal
  WHERE stands AND bidders > 2 AND DATE_DIFF('day', made_at, $as_of) BETWEEN 0 AND $window_days
),
winner AS (
  SELECT party_key FROM contest GROUP BY party_key
),
met AS (
  SELECT r.lot_id, r.party_key, MIN(r.registration_id) AS registration_id, MAX(r.bidder) AS bidder
  FROM registration r JOIN contest c ON c.lot_id = r.lot_id JOIN winner w ON w.party_key = r.party_key
  WHERE r.state = 'qualified'
  GROUP BY r.lot_id, r.party_key
),
pair AS (
  SELECT a.party_key AS one, b.party_key AS two
  FROM met a JOIN met b ON b.lot_id = a.lot_id AND b.party_key > a.party_key
  GROUP BY a.party_key, b.party_key HAVING COUNT(*) >= $orange_lots
),
ring AS (
  SELECT p.one, p.two, q.two AS three FROM pair p JOIN pair q ON q.one = p.two
  JOIN pair s ON s.one = p.one AND s.two = q.two
),
seen AS (
  SELECT g.one, g.two, g.three, a.lot_id, c.deal_id, a.bidder AS first_bidder, b.bidder AS second_bidder,
         d.bidder AS third_bidder, CASE WHEN c.party_key = g.one THEN 1 ELSE 0 END AS by_one,
         CASE WHEN c.party_key = g.two THEN 1 ELSE 0 END AS by_two,
         CASE WHEN c.party_key = g.three THEN 1 ELSE 0 END AS by_three
  FROM ring g JOIN met a ON a.party_key = g.one JOIN met b ON b.lot_id = a.lot_id AND b.party_key = g.two
  JOIN met d ON d.lot_id = a.lot_id AND d.party_key = g.three JOIN contest c ON c.lot_id = a.lot_id
),
counted AS (
  SELECT one, two, three, MIN(first_bidder) AS first_bidder, MIN(second_bidder) AS second_bidder,
         MIN(third_bidder) AS third_bidder, COUNT(*) AS lots, MIN(deal_id) AS first_id, MAX(deal_id) AS last_id,
         CAST(SUM(by_one + by_two + by_three) AS BIGINT) AS inside
  FROM seen
  GROUP BY one, two, three
  HAVING COUNT(*) >= $orange_lots AND SUM(by_one) > 0 AND SUM(by_two) > 0 AND SUM(by_three) > 0
     AND SUM(by_one + by_two + by_three) * 100 >= COUNT(*) * $inside_percent
)
SELECT f.village_code, 'bidding:' || CAST(f.lot_id AS VARCHAR) AS subject,
       LEFT(c.one, 8) || LEFT(c.two, 8) || LEFT(c.three, 8) AS key,
       CASE WHEN c.lots >= $red_lots THEN 3 ELSE 2 END AS level,
       'deal:' || CAST(c.first_id AS VARCHAR) || ' deal:' || CAST(c.last_id AS VARCHAR) AS evidence,
       c.first_bidder, c.second_bidder, c.third_bidder, c.lots, c.inside
FROM counted c JOIN deal f ON f.deal_id = c.first_id
