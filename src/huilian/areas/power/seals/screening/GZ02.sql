/*
id: GZ02
names: {zh: 异时异地用印, en: Odd time or place}
group: GZ
grain: village
reads: [seal_print]
nature: form
parameters: {}
levels:
  yellow: {zh: 办公时间以外，或离办公地点太远, en: Outside office hours, or too far from the office}
  orange: {zh: 合同类文件异时异地用印, en: The same with a contract}
basis: []
note: {zh: 用印管理没有全国统一的数值规定，参照各地智能印章管理做法；数值由县里确定。, en: No national rule sets these figures; they follow what places with seal boxes do and are set by the county.}
explain:
  zh: "{seal_name}在{printed_on}盖印：办公时间内：{in_hours}，距办公地点{metres}米（规定{radius_m}米以内）。"
  en: "{seal_name} was set on {printed_on}; in office hours: {in_hours}; {metres} m from the office (allowed {radius_m} m)."
exclusions:
  zh: 经批准外带期间的用印、应急用印不预警；没有位置的只看时间。
  en: Uses during an agreed loan and emergency uses are left out; without a position only the time counts.
false_alarms:
  zh: 上门为行动不便的群众办事。
  en: A home visit to people who cannot come.
weight: 2
status: active
owner: discipline
source: GZ02
*/
SELECT p.village_code, 'seal_print:' || CAST(p.print_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN p.needs = 'contract' THEN 2 ELSE 1 END AS level,
       'seal_print:' || CAST(p.print_id AS VARCHAR) AS evidence, p.seal_name, CAST(p.printed_at AS DATE) AS printed_on, p.in_hours, p.metres, p.radius_m
FROM seal_print p
WHERE NOT p.is_lent AND NOT p.is_emergency AND (NOT p.in_hours OR (p.metres IS NOT NULL AND p.metres > p.radius_m))
