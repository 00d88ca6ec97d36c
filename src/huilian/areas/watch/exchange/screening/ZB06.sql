/*
id: ZB06
names: {zh: 投标人联系方式相同, en: Bidders who share a contact}
group: ZB
grain: village
reads: [registration]
nature: gain
parameters:
  min_address: {value: 6, unit: times, zh: 地址至少几个字才比较, en: Letters an address needs to be compared, origin: default}
levels:
  yellow: {zh: 两家单位地址相同, en: Two firms share an address}
  orange: {zh: 电话相同，或者由同一人代理, en: "The same telephone, or one person acts for both"}
  red: {zh: 电话、地址、代理人有两样以上相同, en: "Two or more of telephone, address and agent"}
basis:
  - {law: 招标投标法实施条例, version: 2019-03-02修订, article: 第四十条}
note: {zh: 第四十条：委托同一单位或者个人办理投标事宜，视为串通投标。社保参保单位不在本系统，不比较。, en: "Art. 40 takes one agent for several bidders as collusion in tenders. Who insures the contacts is not kept here."}
explain:
  zh: "{numbers}的{what_zh}相同。"
  en: "{numbers} share: {what_en}."
exclusions:
  zh: 自然人的地址（同村地址相近）；过短的地址；撤回的报名。
  en: "Addresses of natural persons (villages have one), very short addresses, registrations withdrawn."
false_alarms:
  zh: 一家人共用电话；写字楼集中注册地址；村里统一代办。
  en: A family's telephone; an address where many firms are registered; a village clerk who helps everybody.
weight: 4
status: active
owner: discipline
source: ZB06
*/
WITH given AS (
  SELECT village_code, lot_id, registration_id, number, '1' AS what, phone_norm AS mark
  FROM registration WHERE phone_norm <> '' AND state <> 'withdrawn'
  UNION ALL
  SELECT village_code, lot_id, registration_id, number, '2' AS what, address_norm AS mark
  FROM registration WHERE LENGTH(address_norm) >= $min_address AND kind <> 'person' AND state <> 'withdrawn'
  UNION ALL
  SELECT village_code, lot_id, registration_id, number, '3' AS what, agent AS mark
  FROM registration WHERE agent <> '' AND state <> 'withdrawn'
),
shared AS (
  SELECT lot_id, what, mark FROM given GROUP BY lot_id, what, mark HAVING COUNT(*) > 1
),
hit AS (
  SELECT g.village_code, g.lot_id, g.registration_id, g.number, MAX(CASE WHEN g.what = '1' THEN 1 ELSE 0 END) AS phone,
         MAX(CASE WHEN g.what = '2' THEN 1 ELSE 0 END) AS place, MAX(CASE WHEN g.what = '3' THEN 1 ELSE 0 END) AS agent
  FROM given g JOIN shared s ON s.lot_id = g.lot_id AND s.what = g.what AND s.mark = g.mark
  GROUP BY g.village_code, g.lot_id, g.registration_id, g.number
),
found AS (
  SELECT village_code, lot_id, MAX(phone) AS phone, MAX(place) AS place, MAX(agent) AS agent,
         STRING_AGG(number, '、' ORDER BY registration_id) AS numbers,
         STRING_AGG('registration:' || CAST(registration_id AS VARCHAR), ' ' ORDER BY registration_id) AS evidence
  FROM hit GROUP BY village_code, lot_id HAVING COUNT(*) <= 20
)
SELECT village_code, 'bidding:' || CAST(lot_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN phone + place + agent > 1 THEN 3 WHEN place = 1 THEN 1 ELSE 2 END AS level, evidence, numbers,
       CASE WHEN phone = 1 THEN '电话' ELSE '' END || CASE WHEN place = 1 THEN '地址' ELSE '' END
         || CASE WHEN agent = 1 THEN '代理人' ELSE '' END AS what_zh,
       CASE WHEN phone = 1 THEN 'telephone ' ELSE '' END || CASE WHEN place = 1 THEN 'address ' ELSE '' END
         || CASE WHEN agent = 1 THEN 'agent' ELSE '' END AS what_en
FROM found
