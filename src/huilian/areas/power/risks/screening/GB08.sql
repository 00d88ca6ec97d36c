/*
id: GB08
names: {zh: 风险点未复核或缺措施, en: Risk point stale or without measure}
group: GB
grain: village
reads: [risk_point]
nature: form
parameters:
  days: {value: 365, unit: days, zh: 最长多少天复核一次, en: Longest time without a review, origin: default}
levels:
  yellow: {zh: 超过规定天数没有复核，或者没有防控措施, en: Not reviewed for too long, or no measure stands against it}
  orange: {zh: 一级风险点同样情形, en: The same with a point of grade one}
basis: []
note: {zh: 复核周期没有全国统一规定，随年度风险防控循环每年一次，由县里确定。, en: No national rule sets the period; it follows the yearly cycle and is set by the county.}
explain:
  zh: "{unit_name}的风险点{number}“{name}”（{grade}级）上次复核{reviewed_on}，现有防控措施{measures}项。"
  en: "Risk point {number} “{name}” of {unit_name} (grade {grade}) was last reviewed on {reviewed_on}; measures: {measures}."
exclusions:
  zh: 岗位已经撤销的不预警。
  en: Points whose post was abolished are left out.
false_alarms:
  zh: 已经复核，还没有登记。
  en: It was reviewed and not entered yet.
weight: 2
status: active
owner: discipline
source: GB08
*/
SELECT r.village_code, 'risk_point:' || CAST(r.point_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN r.grade = 1 THEN 2 ELSE 1 END AS level,
       'risk_point:' || CAST(r.point_id AS VARCHAR) AS evidence, r.unit_name, r.number, r.name, r.grade, r.reviewed_on,
       r.measures
FROM risk_point r
WHERE NOT r.is_post_abolished AND (r.measures = 0 OR r.reviewed_on < $as_of - $days)
