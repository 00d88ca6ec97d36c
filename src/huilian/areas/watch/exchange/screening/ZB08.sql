/*
id: ZB08
names: {zh: 一家通吃, en: One bidder nearly always wins}
group: ZB
grain: county
reads: [lot, registration, deal]
nature: gain
parameters:
  window_days: {value: 1095, unit: days, zh: 回看多少天, en: How many days to look back, origin: default}
  min_lots: {value: 5, unit: times, zh: 在同一乡镇至少竞争几次, en: Contests in one township needed, origin: default}
  yellow_percent: {value: 60, unit: percent, zh: 中选率超过多少提示, en: Reminder above this share of wins, origin: default}
  orange_percent: {value: 80, unit: percent, zh: 督促, en: Urged above, origin: default}
levels:
  yellow: {zh: 同一乡镇竞争五次以上，中选超过六成, en: "Five contests or more in one township, more than 60 % won"}
  orange: {zh: 超过八成, en: More than 80 %}
  red: {zh: 同一业主的标的次次中选, en: "All of one owner's, every time"}
basis: []
note: {zh: 比例由县里规定；常中选本身不违规，看条件是否量身定做。, en: "The shares are the county's own; winning often is no fault, what counts is whether terms were cut to fit."}
explain:
  zh: "{bidder}在同一乡镇有竞争的{lots}个标的中中选{wins}个，涉及{owners}个业主。"
  en: "{bidder} won {wins} of {lots} contested lots in one township, of {owners} owners."
exclusions:
  zh: 只有一个竞买人的标的（由CQ03管）。
  en: Lots with a single bidder (CQ03 looks at those).
false_alarms:
  zh: 行业里会做的就那么几家。
  en: A trade with few who can do it.
weight: 3
status: active
owner: discipline
source: ZB08
*/
WITH took AS (
  SELECT l.township_code, l.owner_id, r.lot_id, r.party_key, r.bidder, d.deal_id,
         CASE WHEN d.registration_id = r.registration_id THEN 1 ELSE 0 END AS won
  FROM deal d JOIN registration r ON r.lot_id = d.lot_id JOIN lot l ON l.lot_id = d.lot_id
  WHERE d.stands AND d.bidders > 1 AND r.state = 'qualified'
    AND DATE_DIFF('day', d.made_at, $as_of) BETWEEN 0 AND $window_days
),
counted AS (
  SELECT township_code, party_key, MAX(bidder) AS bidder, COUNT(*) AS lots, CAST(SUM(won) AS BIGINT) AS wins,
         COUNT(DISTINCT owner_id) AS owners, MIN(CASE WHEN won = 1 THEN lot_id END) AS first_id,
         MIN(CASE WHEN won = 1 THEN deal_id END) AS first_deal, MAX(CASE WHEN won = 1 THEN deal_id END) AS last_deal
  FROM took GROUP BY township_code, party_key
  HAVING COUNT(*) >= $min_lots AND SUM(won) * 100 > COUNT(*) * $yellow_percent
)
SELECT l.village_code, 'bidding:' || CAST(c.first_id AS VARCHAR) AS subject, CAST(c.township_code AS VARCHAR) AS key,
       CASE WHEN c.wins = c.lots AND c.owners = 1 THEN 3 WHEN c.wins * 100 > c.lots * $orange_percent THEN 2 ELSE 1 END AS level,
       'deal:' || CAST(c.first_deal AS VARCHAR) || ' deal:' || CAST(c.last_deal AS VARCHAR) AS evidence,
       c.bidder, c.lots, c.wins, c.owners
FROM counted c JOIN lot l ON l.lot_id = c.first_id
