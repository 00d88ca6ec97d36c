/*
id: GZ01
names: {zh: 无审批或超份数用印, en: Unagreed or extra prints}
group: GZ
grain: village
reads: [seal_print, seal_request]
nature: gain
parameters: {}
levels:
  red: {zh: 盖了印却没有人同意，或者次数超过批准份数, en: Sealed although nobody agreed, or more often than agreed}
basis: []
note: {zh: 用印管理没有全国统一的数值规定，参照各地智能印章管理做法；数值由县里确定。, en: No national rule sets these figures; they follow what places with seal boxes do and are set by the county.}
explain:
  zh: "{seal_name}在{printed_on}盖印一次：{why}。"
  en: "{seal_name} was set on {printed_on}: {why}."
exclusions:
  zh: 应急用印在一天内补录、随后得到同意的不预警。
  en: Emergency uses that were entered and then agreed to are left out.
false_alarms:
  zh: 试机、换印泥时的空盖；设备重复上报。
  en: Test prints; a box that reports twice.
weight: 4
status: active
owner: discipline
source: GZ01
*/
WITH counted AS (
  SELECT p.print_id, ROW_NUMBER() OVER (PARTITION BY p.request_id ORDER BY p.printed_at, p.print_id) AS n, r.copies
  FROM seal_print p JOIN seal_request r ON r.request_id = p.request_id
  WHERE r.prints > r.copies
),
extra AS (
  SELECT print_id FROM counted WHERE n > copies
)
SELECT p.village_code, 'seal_print:' || CAST(p.print_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'seal_print:' || CAST(p.print_id AS VARCHAR) AS evidence, p.seal_name, CAST(p.printed_at AS DATE) AS printed_on,
       CASE WHEN p.request_id IS NULL THEN '没有审批 / no request'
            WHEN e.print_id IS NOT NULL THEN '超过批准份数 / more than the agreed copies'
            ELSE '没有人同意 / nobody agreed' END AS why
FROM seal_print p
LEFT JOIN seal_request r ON r.request_id = p.request_id
LEFT JOIN extra e ON e.print_id = p.print_id
WHERE p.request_id IS NULL OR e.print_id IS NOT NULL OR (r.agreed_at IS NULL AND NOT (p.is_emergency AND r.is_open))
