/*
id: ZB09
names: {zh: 陪标专业户, en: A bidder who never wins}
group: ZB
grain: county
reads: [registration, deal]
nature: gain
parameters:
  window_days: {value: 1095, unit: days, zh: 回看多少天, en: How many days to look back, origin: default}
  most_wins: {value: 1, unit: times, zh: 中选不超过几次, en: Wins at most, origin: default}
  yellow_lots: {value: 20, unit: times, zh: 参加几次提示, en: Reminder from so many contests, origin: default}
  orange_lots: {value: 50, unit: times, zh: 督促, en: Urged from, origin: default}
  red_lots: {value: 100, unit: times, zh: 督办, en: Supervised from, origin: default}
levels:
  yellow: {zh: 三年参加二十次以上，最多中选一次, en: "Twenty contests in three years, at most one won"}
  orange: {zh: 五十次以上, en: Fifty or more}
  red: {zh: 一百次以上, en: A hundred or more}
basis: []
note: {zh: 次数由县里规定；有通报案例一家公司陪标337次。, en: "The counts are the county's own; in one published case a firm had covered 337 times."}
explain:
  zh: "{bidder}三年参加{lots}次，中选{wins}次；这些标的有{top}个由同一家中选。"
  en: "{bidder} took part {lots} times in three years and won {wins}; {top} of the lots went to one and the same bidder."
exclusions:
  zh: 只有一个竞买人的标的。
  en: Lots with a single bidder.
false_alarms:
  zh: 新进入的企业、报价总是偏高的外地企业。
  en: "A newcomer, or a distant firm that is always too dear."
weight: 4
status: active
owner: discipline
source: ZB09
*/
WITH contest AS (
  SELECT deal_id, lot_id, registration_id, party_key FROM deal
  WHERE stands AND bidders > 1 AND DATE_DIFF('day', made_at, $as_of) BETWEEN 0 AND $window_days
),
many AS (
  SELECT r.party_key, MAX(r.bidder) AS bidder, COUNT(*) AS lots, MIN(r.lot_id) AS first_id,
         CAST(SUM(CASE WHEN c.registration_id = r.registration_id THEN 1 ELSE 0 END) AS BIGINT) AS wins,
         MIN(r.registration_id) AS first_reg, MAX(r.registration_id) AS last_reg
  FROM registration r JOIN contest c ON c.lot_id = r.lot_id
  WHERE r.state = 'qualified'
  GROUP BY r.party_key
  HAVING COUNT(*) >= $yellow_lots
     AND SUM(CASE WHEN c.registration_id = r.registration_id THEN 1 ELSE 0 END) <= $most_wins
),
lost AS (
  SELECT m.party_key, c.party_key AS rival, COUNT(*) AS times
  FROM many m JOIN registration r ON r.party_key = m.party_key JOIN contest c ON c.lot_id = r.lot_id
  WHERE c.party_key <> m.party_key
  GROUP BY m.party_key, c.party_key
),
rival AS (
  SELECT party_key, MAX(times) AS top FROM lost GROUP BY party_key
)
SELECT f.village_code, 'bidding:' || CAST(m.first_id AS VARCHAR) AS subject, CAST(m.first_reg AS VARCHAR) AS key,
       CASE WHEN m.lots >= $red_lots THEN 3 WHEN m.lots >= $orange_lots THEN 2 ELSE 1 END AS level,
       'registration:' || CAST(m.first_reg AS VARCHAR) || ' registration:' || CAST(m.last_reg AS VARCHAR) AS evidence,
       m.bidder, m.lots, m.wins, v.top
FROM many m JOIN registration f ON f.registration_id = m.first_reg JOIN rival v ON v.party_key = m.party_key
