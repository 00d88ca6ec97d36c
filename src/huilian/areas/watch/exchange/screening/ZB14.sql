/*
id: ZB14
names: {zh: 屡次少人竞争, en: Few bidders again and again}
group: ZB
grain: county
reads: [lot, deal]
nature: gain
parameters:
  window_days: {value: 365, unit: days, zh: 回看多少天, en: How many days to look back, origin: default}
  few: {value: 3, unit: times, zh: 投标人不超过几家算少, en: Bidders that count as few, origin: default}
  min_lots: {value: 3, unit: times, zh: 同一业主几次, en: Lots of one owner, origin: default}
  share_percent: {value: 80, unit: percent, zh: 占该业主工程和采购标的的比例, en: Share of the owner's works and purchases, origin: default}
levels:
  yellow: {zh: 同一业主一年三次以上只有三家以内投标, en: "Three times a year or more, one owner's tenders drew three bidders or fewer"}
  red: {zh: 而且每次都是同一家中选, en: And the same one won each time}
basis:
  - {law: 招标投标法, version: 2017-12-27修正, article: 第二十八条}
note: {zh: 三家是法定最低数，不是违法；公告期不足由CQ01管。, en: "Three is what the law asks for, no fault; notices that were too short are looked at by CQ01."}
explain:
  zh: "该业主一年里{thin}次工程、采购只有{few}家以内投标，由{winners}家中选。"
  en: "In a year {thin} works or purchases of this owner drew {few} bidders or fewer and went to {winners} winners."
exclusions:
  zh: 出让、出租类标的（由CQ03管）。
  en: Sales and lettings (CQ03 looks at those).
false_alarms:
  zh: 偏远地方、小工程本来少人投。
  en: Remote places and small works few care for.
weight: 3
status: active
owner: discipline
source: ZB14
*/
WITH bought AS (
  SELECT l.owner_id, l.lot_id, d.deal_id, d.party_key, d.bidders
  FROM lot l JOIN deal d ON d.lot_id = l.lot_id
  WHERE l.buys AND d.stands AND DATE_DIFF('day', d.made_at, $as_of) BETWEEN 0 AND $window_days
),
thin AS (
  SELECT owner_id, COUNT(*) AS thin, COUNT(DISTINCT party_key) AS winners, MIN(deal_id) AS first_id, MAX(deal_id) AS last_id
  FROM bought WHERE bidders <= $few GROUP BY owner_id HAVING COUNT(*) >= $min_lots
),
whole AS (
  SELECT owner_id, COUNT(*) AS lots FROM bought GROUP BY owner_id
)
SELECT f.village_code, 'lot:' || CAST(f.lot_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN t.winners = 1 THEN 3 ELSE 1 END AS level,
       'deal:' || CAST(t.first_id AS VARCHAR) || ' deal:' || CAST(t.last_id AS VARCHAR) AS evidence,
       t.thin, t.winners, $few AS few
FROM thin t JOIN whole w ON w.owner_id = t.owner_id JOIN deal f ON f.deal_id = t.first_id
WHERE t.thin * 100 >= w.lots * $share_percent
