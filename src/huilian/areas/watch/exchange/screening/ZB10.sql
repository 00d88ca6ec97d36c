/*
id: ZB10
names: {zh: 为一个标的而设的企业, en: A firm born for one lot}
group: ZB
grain: county
reads: [registration, deal, contractor]
nature: gain
parameters:
  young_days: {value: 183, unit: days, zh: 报名前成立不超过多少天, en: "Founded at most so many days before it registered", origin: default}
  large_cents: {value: 10000000, unit: cents, zh: 成交价达到多少督办, en: "Supervised from this price", origin: default}
levels:
  orange: {zh: 成立不到半年中选一个标的，此外没有参加过, en: "Founded within half a year, won one lot and took part in no other"}
  red: {zh: 成交价10万元以上, en: "At 100,000 yuan or more"}
basis: []
note: {zh: 成立日期取自村级工程承包人名册；没有登记的不判断。, en: "The founding day is that of the pool of contractors; firms not in it are not judged."}
explain:
  zh: "{winner}{founded_on}成立，{applied_at:date}报名，以{price_cents:money}中选，没有参加过其他标的。"
  en: "{winner} was founded on {founded_on}, registered on {applied_at:date}, won at {price_cents:money} and took part in no other lot."
exclusions:
  zh: 承包人名册里没有成立日期的；参加过其他标的的。
  en: Firms whose founding day is not entered, and those that took part in other lots.
false_alarms:
  zh: 中选后依招商文件设立的项目公司；新成立的村集体公司。
  en: A project company the terms ask for; a new company of the collective.
weight: 3
status: active
owner: discipline
source: ZB10
*/
WITH once AS (
  SELECT party_key, MIN(registration_id) AS registration_id FROM registration
  WHERE state <> 'withdrawn' GROUP BY party_key HAVING COUNT(*) = 1
)
SELECT d.village_code, 'bidding:' || CAST(d.lot_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN d.price_cents >= $large_cents THEN 3 ELSE 2 END AS level,
       'deal:' || CAST(d.deal_id AS VARCHAR) || ' contractor:' || CAST(c.contractor_id AS VARCHAR) AS evidence,
       d.winner, c.founded_on, r.applied_at, d.price_cents
FROM deal d JOIN once o ON o.registration_id = d.registration_id
JOIN contractor c ON c.contractor_key = d.party_key AND c.contractor_key <> ''
JOIN registration r ON r.registration_id = o.registration_id
WHERE d.stands AND DATE_DIFF('day', c.founded_on, r.applied_at) BETWEEN 0 AND $young_days
