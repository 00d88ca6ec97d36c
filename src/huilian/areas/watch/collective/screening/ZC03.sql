/*
id: ZC03
names: {zh: 擅自处置或低价处置资产, en: "Asset disposed of without a vote, without a valuation, or below it"}
group: ZC
grain: village
reads: [asset]
nature: gain
parameters:
  red_cents: {value: 1000000, unit: cents, zh: 手续不全时，原值或价款达到多少督办, en: "Original value or price from which missing papers are supervised", origin: default}
  floor_percent: {value: 90, unit: percent, zh: 成交价低于评估价的百分之几督办, en: Price below this share of the valuation is supervised, origin: default}
  small_cents: {value: 50000, unit: cents, zh: 原值和价款都不超过多少的不管, en: Worth up to this is left alone, origin: default}
  window_days: {value: 1095, unit: days, zh: 看多少天以内的处置, en: Disposals of how many days back, origin: default}
levels:
  orange: {zh: 没有民主决议，或出售前没有评估, en: "No decision, or sold without a valuation"}
  red: {zh: 上述情形且金额达到1万元，或成交价低于评估价的90%, en: "The same from 10,000 yuan up, or sold below 90 % of the valuation"}
basis: [{law: 农村集体经济组织法, version: 2024-06-28通过，2025-05-01施行, article: ""}]
note: {zh: 条文序号请以正式文本为准。金额和比例由县里确定。, en: Check the article against the official text. The county sets amounts and shares.}
explain:
  zh: "{name}（{number}）于{disposed_on}处置，原值{original_cents:money}，评估价{valuation_cents:money}，成交价{disposal_cents:money}，决议号：{decision}。"
  en: "{name} ({number}) was disposed of on {disposed_on}: original value {original_cents:money}, valuation {valuation_cents:money}, price {disposal_cents:money}, decision no.: {decision}."
exclusions:
  zh: 原值和价款都不超过500元的小件、三年以前的处置不预警；报废只看有没有决议，不要求评估。
  en: Left out are small things worth up to 500 yuan and disposals of more than three years ago; what is scrapped needs a decision but no valuation.
false_alarms:
  zh: 决议和评估确有其事，只是没有录入；拍卖流拍后经重新表决降价。
  en: Decision and valuation exist but were not entered; a price lowered by a new vote after an auction without bidders.
weight: 4
status: active
owner: agriculture
source: ZC03, A03
*/
WITH gone AS (
  SELECT village_code, asset_id, number, name, disposed_on, original_cents, valuation_cents, disposal_cents,
         NULLIF(decision_no, '') AS decision,
         CASE WHEN COALESCE(disposal_cents, 0) > original_cents THEN disposal_cents ELSE original_cents END AS worth_cents,
         CASE WHEN decision_no = '' OR (status = 'sold' AND valuation_cents IS NULL) THEN 1 ELSE 0 END AS incomplete,
         CASE WHEN status = 'sold' AND COALESCE(disposal_cents, 0) * 100 < valuation_cents * $floor_percent
              THEN 1 ELSE 0 END AS cheap
  FROM asset
  WHERE status IN ('sold', 'scrapped') AND DATE_DIFF('day', disposed_on, $as_of) BETWEEN 0 AND $window_days
)
SELECT g.village_code, 'asset:' || CAST(g.asset_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN g.cheap = 1 OR g.worth_cents >= $red_cents THEN 3 ELSE 2 END AS level,
       'asset:' || CAST(g.asset_id AS VARCHAR) AS evidence,
       g.number, g.name, g.disposed_on, g.original_cents, g.valuation_cents, g.disposal_cents, g.decision
FROM gone g
WHERE (g.incomplete = 1 OR g.cheap = 1) AND g.worth_cents > $small_cents
