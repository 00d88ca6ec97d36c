/*
id: CQ06
names: {zh: 挂牌后场外出租出让, en: Let off the exchange after it was listed}
group: CQ
grain: village
reads: [lot, asset, contract]
nature: gain
parameters:
  window_days: {value: 365, unit: days, zh: 挂牌后多少天以内签订, en: Signed within so many days of the listing, origin: default}
levels:
  red: {zh: 资产挂牌后没有成交，却在场外签了合同, en: "Listed without a deal, then contracted away off the exchange"}
basis: []
note: {zh: 应进场而从未进场的由HT04管；这里看已经挂牌又绕开的。, en: "What must be traded and never was is HT04's; this one looks at what was listed and then went round it."}
explain:
  zh: "{title}{registers_from:date}挂牌未成交，{signed_on}却签订合同{number}（{party}），没有交易编号。"
  en: "{title} was listed on {registers_from:date} without a deal; contract {number} ({party}) was signed on {signed_on} without the number of a deal."
exclusions:
  zh: 草稿合同；挂牌以前签订的合同；没有填资产编号的标的。
  en: "Draft contracts, contracts signed before the listing, lots without the number of an asset."
false_alarms:
  zh: 流标后依县里规定协议出租，已重新表决。
  en: "No taker, then let by agreement as the county allows, on a new vote."
weight: 5
status: active
owner: agriculture
source: off-exchange letting
*/
SELECT l.village_code, 'lot:' || CAST(l.lot_id AS VARCHAR) AS subject, CAST(c.contract_id AS VARCHAR) AS key, 3 AS level,
       'lot:' || CAST(l.lot_id AS VARCHAR) || ' contract:' || CAST(c.contract_id AS VARCHAR) AS evidence,
       l.title, l.registers_from, c.signed_on, c.number, c.party
FROM lot l JOIN asset a ON a.village_code = l.village_code AND a.number = l.asset_no
JOIN contract c ON c.asset_id = a.asset_id
WHERE l.asset_no <> '' AND NOT l.buys AND l.outcome <> 'sold' AND c.direction = 'income' AND c.deal_no = ''
  AND c.status <> 'draft' AND DATE_DIFF('day', l.registers_from, c.signed_on) BETWEEN 0 AND $window_days
