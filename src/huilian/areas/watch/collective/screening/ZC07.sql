/*
id: ZC07
names: {zh: 一物多租, en: Let twice over}
group: ZC
grain: village
reads: [contract, asset]
nature: gain
parameters:
  grace_days: {value: 30, unit: days, zh: 租期重叠多少天以内不管（交接期）, en: Overlap up to this is a handover, origin: default}
  window_days: {value: 365, unit: days, zh: 重叠结束超过多少天的不再管, en: Overlaps that ended longer ago are left alone, origin: default}
levels:
  red: {zh: 同一资产两份合同租期重叠超过30天，面积又不是分开的, en: Two contracts for one asset overlap by more than 30 days and do not share out its area}
basis: []
note: {zh: 交接期天数由县里确定。, en: The county sets the days of handover.}
explain:
  zh: "{name}（{asset_number}）同时租给两家：合同{number}（{party}）和合同{other_number}（{other_party}），从{overlap_from}到{overlap_to}重叠{days}天。"
  en: "{name} ({asset_number}) is let to two: contract {number} ({party}) and contract {other_number} ({other_party}) overlap from {overlap_from} to {overlap_to}, {days} days."
exclusions:
  zh: 续签合同接替原合同的、两份合同面积之和不超过资产面积的、交接期30天以内的不预警。
  en: Left out are a renewal that follows its own predecessor, contracts whose areas together fit into the asset, and handovers of up to 30 days.
false_alarms:
  zh: 一栋楼的几个房间登记成一张卡片，合同又没有写面积；旧合同已口头解除但没有登记。
  en: Several rooms on one card with no area in the contracts; an old contract ended by word of mouth and not entered.
weight: 4
status: active
owner: agriculture
source: ZC07
*/
WITH term AS (
  SELECT village_code, contract_id, asset_id, number, party, area_mu, renews_id, starts_on,
         COALESCE(ended_on, ends_on) AS ended
  FROM contract
  WHERE asset_id IS NOT NULL AND direction = 'income' AND kind IN ('lease', 'contracting') AND status <> 'draft'
    AND DATE_DIFF('day', COALESCE(ended_on, ends_on), $as_of) <= $window_days
),
shared AS (
  SELECT asset_id FROM term GROUP BY asset_id HAVING COUNT(*) > 1
),
several AS (
  SELECT village_code, contract_id, asset_id, number, party, area_mu, renews_id, starts_on, ended
  FROM term WHERE asset_id IN (SELECT asset_id FROM shared)
),
pair AS (
  SELECT a.village_code, a.asset_id, a.contract_id, a.number, a.party, b.contract_id AS other_id,
         b.number AS other_number, b.party AS other_party,
         COALESCE(a.area_mu, 0) AS area_mu, COALESCE(b.area_mu, 0) AS other_mu,
         CASE WHEN a.starts_on > b.starts_on THEN a.starts_on ELSE b.starts_on END AS overlap_from,
         CASE WHEN a.ended < b.ended THEN a.ended ELSE b.ended END AS overlap_to
  FROM several a JOIN several b ON b.asset_id = a.asset_id AND b.contract_id > a.contract_id
  WHERE COALESCE(b.renews_id, 0) <> a.contract_id AND COALESCE(a.renews_id, 0) <> b.contract_id
)
SELECT p.village_code, 'asset:' || CAST(p.asset_id AS VARCHAR) AS subject,
       CAST(p.contract_id AS VARCHAR) || '-' || CAST(p.other_id AS VARCHAR) AS key, 3 AS level,
       'asset:' || CAST(p.asset_id AS VARCHAR) || ' contract:' || CAST(p.contract_id AS VARCHAR)
         || ' contract:' || CAST(p.other_id AS VARCHAR) AS evidence,
       s.number AS asset_number, s.name, p.number, p.party, p.other_number, p.other_party, p.overlap_from, p.overlap_to,
       DATE_DIFF('day', p.overlap_from, p.overlap_to) + 1 AS days
FROM pair p JOIN asset s ON s.asset_id = p.asset_id
WHERE DATE_DIFF('day', p.overlap_from, p.overlap_to) + 1 > $grace_days
  AND NOT (p.area_mu > 0 AND p.other_mu > 0
           AND ROUND(p.area_mu + p.other_mu, 3) <= COALESCE(s.measured_mu, s.area_mu, 0))
