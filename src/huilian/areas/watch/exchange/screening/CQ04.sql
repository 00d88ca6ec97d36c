/*
id: CQ04
names: {zh: 成交后让价, en: A concession after the deal}
group: CQ
grain: village
reads: [lot, deal, contract]
nature: gain
parameters: {}
levels:
  red: {zh: 合同价比成交价对集体更不利, en: The contract is worse for the collective than the deal}
basis:
  - {law: 招标投标法, version: 2017-12-27修正, article: 第四十六条}
note: {zh: 第四十六条禁止背离中标内容另订协议；出让、出租参照。, en: "Art. 46 bars agreements that depart from the award; sales and lettings are judged alike."}
explain:
  zh: "{title}成交价{price_cents:money}，合同{number}写的是{agreed_cents:money}。"
  en: "{title} went at {price_cents:money}; contract {number} says {agreed_cents:money}."
exclusions:
  zh: 合同还是草稿的；账在本系统之外、查不到合同的。
  en: Contracts still in draft, and those of books kept elsewhere.
false_alarms:
  zh: 面积复测后按实结算。
  en: The area was measured again.
weight: 5
status: active
owner: agriculture
source: CQ04
*/
WITH signed AS (
  SELECT d.village_code, d.lot_id, d.deal_id, l.title, l.buys, d.price_cents, c.contract_id, c.number,
         CASE WHEN l.per_year THEN c.yearly_cents ELSE c.total_cents END AS agreed_cents
  FROM deal d JOIN lot l ON l.lot_id = d.lot_id JOIN contract c ON c.deal_no = d.number AND c.village_code = d.village_code
  WHERE d.stands AND c.status <> 'draft'
)
SELECT village_code, 'lot:' || CAST(lot_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'deal:' || CAST(deal_id AS VARCHAR) || ' contract:' || CAST(contract_id AS VARCHAR) AS evidence,
       title, price_cents, number, agreed_cents
FROM signed
WHERE (NOT buys AND agreed_cents < price_cents) OR (buys AND agreed_cents > price_cents)
