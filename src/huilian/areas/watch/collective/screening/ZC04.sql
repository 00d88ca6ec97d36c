/*
id: ZC04
names: {zh: 集体资产被无偿占用, en: Collective property used free of charge}
group: ZC
grain: village
reads: [asset, contract, cadre, kin]
nature: gain
parameters:
  grace_days: {value: 30, unit: days, zh: 短期借用多少天以内不预警, en: Short use up to this is left alone, origin: default}
levels:
  yellow: {zh: 无偿使用，有民主决议，请复核期限和用途, en: "Used free of charge by decision: check its term and purpose"}
  orange: {zh: 无偿使用，没有民主决议, en: Used free of charge without a decision}
  red: {zh: 使用人是村干部或其近亲属, en: The user is an official of the village or near kin of one}
basis: [{law: 农村集体经济组织法, version: 2024-06-28通过，2025-05-01施行, article: ""}]
note: {zh: 条文序号请以正式文本为准。, en: Check the article against the official text.}
explain:
  zh: "{name}（{number}）从{since}起由{holder}使用，不收租金，决议号：{decision}，干部或近亲属：{related}。"
  en: "{name} ({number}) has been used by {holder} since {since} without rent; decision no.: {decision}; official or near kin: {related}."
exclusions:
  zh: 用于卫生室、学校、养老、文化体育等公共服务的，公益设施，30天以内的借用，不预警。
  en: Left out are clinics, schools, care for the old, culture and sports, public facilities, and use of up to 30 days.
false_alarms:
  zh: 公共服务用途没有写在卡片上；租金折抵了修缮费用但没有入账。
  en: A public service that the card does not name; rent set off against repairs but not booked.
weight: 4
status: active
owner: agriculture
source: ZC04
*/
WITH free AS (
  SELECT village_code, asset_id, number, name, class, registered_use, actual_use, status_since AS since,
         holder_name AS holder, holder_key, decision_no, 0 AS contract_id
  FROM asset
  WHERE status = 'lent' AND holder_name <> ''
  UNION ALL
  SELECT a.village_code, a.asset_id, a.number, a.name, a.class, a.registered_use, a.actual_use, c.starts_on AS since,
         c.party AS holder, c.party_key AS holder_key, c.decision_no, c.contract_id
  FROM asset a JOIN contract c ON c.asset_id = a.asset_id
  WHERE c.direction = 'income' AND c.kind IN ('lease', 'contracting') AND c.status = 'active'
    AND c.starts_on <= $as_of AND c.ends_on >= $as_of AND c.yearly_cents = 0 AND c.total_cents = 0
),
office AS (
  SELECT village_code, person_id, person_key, starts_on, COALESCE(ends_on, $as_of) AS left_on FROM cadre
),
tied AS (
  SELECT village_code, person_key AS tied_key, starts_on, left_on FROM office WHERE person_key <> ''
  UNION ALL
  SELECT o.village_code, k.relative_key AS tied_key, o.starts_on, o.left_on
  FROM kin k JOIN office o ON o.person_id = k.person_id WHERE k.relative_key <> ''
),
used AS (
  SELECT f.village_code, f.asset_id, f.contract_id, f.number, f.name, f.since, f.holder, f.decision_no,
         COUNT(t.tied_key) > 0 AS related
  FROM free f
  LEFT JOIN tied t ON t.village_code = f.village_code AND t.tied_key = f.holder_key
    AND t.starts_on <= $as_of AND t.left_on >= f.since
  WHERE f.class NOT IN ('welfare', 'infrastructure') AND DATE_DIFF('day', f.since, $as_of) > $grace_days
    AND NOT CONTAINS(f.actual_use, '卫生') AND NOT CONTAINS(f.actual_use, '学校') AND NOT CONTAINS(f.actual_use, '幼儿')
    AND NOT CONTAINS(f.actual_use, '养老') AND NOT CONTAINS(f.actual_use, '文化') AND NOT CONTAINS(f.actual_use, '公益')
  GROUP BY f.village_code, f.asset_id, f.contract_id, f.number, f.name, f.since, f.holder, f.decision_no
)
SELECT u.village_code, 'asset:' || CAST(u.asset_id AS VARCHAR) AS subject,
       CASE WHEN u.contract_id = 0 THEN '' ELSE CAST(u.contract_id AS VARCHAR) END AS key,
       CASE WHEN u.related THEN 3 WHEN u.decision_no <> '' THEN 1 ELSE 2 END AS level,
       'asset:' || CAST(u.asset_id AS VARCHAR)
         || CASE WHEN u.contract_id = 0 THEN '' ELSE ' contract:' || CAST(u.contract_id AS VARCHAR) END AS evidence,
       u.number, u.name, u.since, u.holder, NULLIF(u.decision_no, '') AS decision, u.related
FROM used u
