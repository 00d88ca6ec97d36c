/*
id: ZB15
names: {zh: 中选人弃标后高价（低价）成交, en: The winner backs out and a worse price follows}
group: ZB
grain: county
reads: [lot, deal, registration]
nature: gain
parameters: {}
levels:
  orange: {zh: 中选人悔标，重新交易后价格对业主更不利, en: "The winner backed out, and listed again the lot went at a worse price for the owner"}
  red: {zh: 后来的中选人参加过上一次，或者与悔标人联系方式、账户、设备、代理人相同, en: "The next winner had bid before, or shares telephone, address, account, device or agent with the one who backed out"}
basis: []
note: {zh: 没有直接的上位条文；是否串通要看保证金是否没收、两家往来。, en: "No rule above names it; look at whether the deposit was kept and how the two stand."}
explain:
  zh: "{first_winner}以{first_cents:money}中选后悔标，重新交易由{winner}以{price_cents:money}成交。"
  en: "{first_winner} won at {first_cents:money} and backed out; listed again it went to {winner} at {price_cents:money}."
exclusions:
  zh: 重新交易价格对业主更有利或相同的。
  en: Lots that went at the same or a better price afterwards.
false_alarms:
  zh: 报价算错、行情下跌。
  en: A mistake in the price; a falling market.
weight: 4
status: active
owner: discipline
source: ZB15
*/
WITH turned AS (
  SELECT g.lot_id AS first_lot, g.deal_id AS first_deal, g.registration_id AS first_registration, g.winner AS first_winner,
         g.price_cents AS first_cents, n.village_code, n.lot_id, n.deal_id, n.registration_id, n.party_key, n.winner,
         n.price_cents
  FROM deal g JOIN lot l ON l.again_id = g.lot_id JOIN deal n ON n.lot_id = l.lot_id
  WHERE g.state = 'broken' AND n.stands AND n.party_key <> g.party_key
    AND ((l.buys AND n.price_cents > g.price_cents) OR (NOT l.buys AND n.price_cents < g.price_cents))
),
before AS (
  SELECT t.deal_id FROM turned t JOIN registration r ON r.lot_id = t.first_lot AND r.party_key = t.party_key GROUP BY t.deal_id
),
tied AS (
  SELECT t.deal_id
  FROM turned t JOIN registration a ON a.registration_id = t.first_registration
  JOIN registration b ON b.registration_id = t.registration_id
  WHERE (a.phone_norm <> '' AND a.phone_norm = b.phone_norm) OR (a.account_norm <> '' AND a.account_norm = b.account_norm)
     OR (a.device_key <> '' AND a.device_key = b.device_key) OR (a.agent <> '' AND a.agent = b.agent)
     OR (a.kind <> 'person' AND a.address_norm <> '' AND a.address_norm = b.address_norm)
)
SELECT t.village_code, 'bidding:' || CAST(t.lot_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN p.deal_id IS NOT NULL OR s.deal_id IS NOT NULL THEN 3 ELSE 2 END AS level,
       'deal:' || CAST(t.first_deal AS VARCHAR) || ' deal:' || CAST(t.deal_id AS VARCHAR) AS evidence,
       t.first_winner, t.first_cents, t.winner, t.price_cents
FROM turned t LEFT JOIN before p ON p.deal_id = t.deal_id LEFT JOIN tied s ON s.deal_id = t.deal_id
