/*
id: ZC06
names: {zh: 面积不一致, en: Areas that do not agree}
group: ZC
grain: village
reads: [asset, contract]
nature: gain
parameters:
  yellow_percent: {value: 5, unit: percent, zh: 发包面积与实测面积相差超过多少提示, en: Difference between let and measured area before a reminder, origin: default}
  orange_percent: {value: 15, unit: percent, zh: 相差超过多少预警, en: Difference before a warning, origin: default}
  red_percent: {value: 30, unit: percent, zh: 相差超过多少督办, en: Difference before supervision, origin: default}
  card_percent: {value: 2, unit: percent, zh: 登记面积与实测面积相差超过多少（未写原因）预警, en: "Difference between registered and measured area, without a reason, before a warning", origin: default}
  least_mu: {value: 0.5, unit: mu, zh: 相差不到多少亩的不管, en: Differences below this are left alone, origin: default}
levels:
  yellow: {zh: 发包面积与实测面积相差超过5%, en: Let area differs from the measured area by more than 5 %}
  orange: {zh: 相差超过15%，或登记面积与实测面积相差超过2%而没有写明原因, en: "By more than 15 %, or the registered area differs from the measured one by more than 2 % with no reason given"}
  red: {zh: 相差超过30%, en: By more than 30 %}
basis: []
note: {zh: 比例由县里确定。, en: The county sets the shares.}
explain:
  zh: "{name}（{number}）登记{area_mu:area}，实测{measured_mu:area}，合同共发包{let_mu:area}，最大相差{gap:percent}。"
  en: "{name} ({number}): registered {area_mu:area}, measured {measured_mu:area}, let by contracts {let_mu:area}; the largest difference is {gap:percent}."
exclusions:
  zh: 卡片写明面积差异原因的、相差不到0.5亩的不预警；没有整体出租的，合同面积小于实测面积不算差异。
  en: Left out are cards that give the reason and differences below 0.5 mu; a parcel that is not wholly let may have less in contracts than was measured.
false_alarms:
  zh: 老测量单位（习惯亩）没有换算；一块地分几张卡片登记。
  en: Old local units that were not converted; one parcel on several cards.
weight: 3
status: active
owner: agriculture
source: ZC06, A04
*/
WITH let_out AS (
  SELECT asset_id, ROUND(SUM(area_mu), 3) AS let_mu, COUNT(*) AS contracts, MIN(contract_id) AS first_id, MAX(contract_id) AS last_id
  FROM contract
  WHERE asset_id IS NOT NULL AND direction = 'income' AND kind IN ('lease', 'contracting') AND status = 'active'
    AND starts_on <= $as_of AND ends_on >= $as_of AND area_mu > 0
  GROUP BY asset_id
),
card AS (
  SELECT a.village_code, a.asset_id, a.number, a.name, a.area_mu, a.measured_mu, l.let_mu, l.first_id, l.last_id,
         CASE WHEN ABS(a.measured_mu - a.area_mu) >= $least_mu
              THEN ROUND(ABS(a.measured_mu - a.area_mu) / NULLIF(a.area_mu, 0) * 100, 2) ELSE 0 END AS card_gap,
         CASE WHEN ABS(l.let_mu - COALESCE(a.measured_mu, a.area_mu)) < $least_mu THEN 0
              WHEN l.let_mu > COALESCE(a.measured_mu, a.area_mu) OR (a.status = 'let' AND l.contracts = 1)
              THEN ROUND(ABS(l.let_mu - COALESCE(a.measured_mu, a.area_mu)) / NULLIF(COALESCE(a.measured_mu, a.area_mu), 0) * 100, 2)
              ELSE 0 END AS let_gap
  FROM asset a LEFT JOIN let_out l ON l.asset_id = a.asset_id
  WHERE a.area_mu > 0 AND a.area_reason = '' AND a.status NOT IN ('sold', 'scrapped')
),
judged AS (
  SELECT village_code, asset_id, number, name, area_mu, measured_mu, let_mu, first_id, last_id,
         ROUND(CASE WHEN card_gap > let_gap THEN card_gap ELSE let_gap END / 100, 4) AS gap,
         CASE WHEN card_gap > $red_percent OR let_gap > $red_percent THEN 3
              WHEN card_gap > $card_percent OR let_gap > $orange_percent THEN 2
              WHEN let_gap > $yellow_percent THEN 1 END AS level
  FROM card
)
SELECT j.village_code, 'asset:' || CAST(j.asset_id AS VARCHAR) AS subject, '' AS key, j.level,
       'asset:' || CAST(j.asset_id AS VARCHAR)
         || CASE WHEN j.first_id IS NULL THEN '' ELSE ' contract:' || CAST(j.first_id AS VARCHAR) END
         || CASE WHEN j.last_id IS NULL OR j.last_id = j.first_id THEN '' ELSE ' contract:' || CAST(j.last_id AS VARCHAR) END
         AS evidence,
       j.number, j.name, j.area_mu, j.measured_mu, j.let_mu, j.gap
FROM judged j
WHERE j.level IS NOT NULL
