/*
id: ZB12
names: {zh: 代理人集中, en: One agent for many bidders}
group: ZB
grain: county
reads: [lot, registration, deal]
nature: gain
parameters:
  window_days: {value: 1095, unit: days, zh: 回看多少天, en: How many days to look back, origin: default}
  min_lots: {value: 5, unit: times, zh: 同一乡镇至少几个标的才比较, en: Lots in the township needed, origin: default}
  yellow_percent: {value: 40, unit: percent, zh: 代理比例超过多少提示, en: Reminder above this share, origin: default}
  orange_percent: {value: 60, unit: percent, zh: 督促, en: Urged above, origin: default}
levels:
  yellow: {zh: 一个代理人出现在同一乡镇四成以上的标的里, en: "One agent appears in more than 40 % of a township's lots"}
  orange: {zh: 六成以上, en: More than 60 %}
  red: {zh: 六成以上，而且其代理的投标人次次中选, en: "More than 60 %, and whoever he acts for always wins"}
basis: []
note: {zh: 代理人指替竞买（投标）人报名的人；县交易机构自己组织交易，没有招标代理机构的数据。, en: "The agent is who registers for a bidder; the county's exchange runs its trades itself, so there is no tender agency to look at."}
explain:
  zh: "{agent}代理了同一乡镇{lots}个标的中的{mine}个，其代理的投标人中选{wins}个。"
  en: "{agent} acted in {mine} of {lots} lots of one township; bidders he acted for won {wins}."
exclusions:
  zh: 标的不足五个的乡镇；没有代理人的报名。
  en: "Townships with fewer than five lots, bidders who act for themselves."
false_alarms:
  zh: 企业的专职业务员；村里统一代办。
  en: A firm's own clerk; a village clerk who helps everybody.
weight: 3
status: active
owner: discipline
source: ZB12
*/
WITH held AS (
  SELECT l.township_code, l.lot_id, d.deal_id, d.registration_id
  FROM lot l JOIN deal d ON d.lot_id = l.lot_id
  WHERE d.stands AND DATE_DIFF('day', d.made_at, $as_of) BETWEEN 0 AND $window_days
),
town AS (
  SELECT township_code, COUNT(*) AS lots FROM held GROUP BY township_code HAVING COUNT(*) >= $min_lots
),
acted AS (
  SELECT h.township_code, r.agent, h.lot_id, MIN(h.deal_id) AS deal_id,
         MAX(CASE WHEN r.registration_id = h.registration_id THEN 1 ELSE 0 END) AS won
  FROM held h JOIN registration r ON r.lot_id = h.lot_id
  WHERE r.agent <> '' AND r.state = 'qualified'
  GROUP BY h.township_code, r.agent, h.lot_id
),
counted AS (
  SELECT township_code, agent, COUNT(*) AS mine, CAST(SUM(won) AS BIGINT) AS wins, MIN(deal_id) AS first_id,
         MAX(deal_id) AS last_id
  FROM acted GROUP BY township_code, agent
)
SELECT f.village_code, 'bidding:' || CAST(f.lot_id AS VARCHAR) AS subject, CAST(c.township_code AS VARCHAR) AS key,
       CASE WHEN c.mine * 100 > t.lots * $orange_percent AND c.wins = c.mine THEN 3
            WHEN c.mine * 100 > t.lots * $orange_percent THEN 2 ELSE 1 END AS level,
       'deal:' || CAST(c.first_id AS VARCHAR) || ' deal:' || CAST(c.last_id AS VARCHAR) AS evidence,
       c.agent, t.lots, c.mine, c.wins
FROM counted c JOIN town t ON t.township_code = c.township_code JOIN deal f ON f.deal_id = c.first_id
WHERE c.mine * 100 > t.lots * $yellow_percent
