/*
id: GB05
names: {zh: 应审未审, en: Left office without an audit}
group: GB
grain: village
reads: [cadre, audit]
nature: form
parameters:
  yellow_days: {value: 30, unit: days, zh: 黄色预警天数, en: Days to yellow, origin: default}
  orange_days: {value: 90, unit: days, zh: 橙色预警天数, en: Days to orange, origin: default}
  red_days: {value: 180, unit: days, zh: 红色预警天数, en: Days to red, origin: default}
levels:
  yellow: {zh: 离任超过30天没有离任审计报告, en: More than 30 days after leaving there is no report of an audit}
  orange: {zh: 超过90天, en: More than 90 days}
  red: {zh: 超过180天, en: More than 180 days}
basis: [{law: 中华人民共和国村民委员会组织法, version: "2025-10-28修订", article: 任期和离任经济责任审计}]
note: {zh: 法律要求离任审计结果在下一届选举前公布，没有规定天数；天数由县里确定。, en: The law wants the result published before the next election and names no days; these are set by the county.}
explain:
  zh: "{post}于{ends_on}离任，已{days}天，没有离任经济责任审计报告。"
  en: "The {post} left on {ends_on}, {days} days ago; there is no report of an audit on leaving."
exclusions:
  zh: 连任同一职务的不算离任；离任超过两年的不再预警。
  en: Who goes on in the same post has not left; beyond two years no alert is raised.
false_alarms:
  zh: 村已撤并，审计在合并后的村进行；任期内已审至离任日。
  en: The village was merged and the audit done there; an audit in office reached to the last day.
weight: 3
status: active
owner: agriculture
source: GB05
*/
SELECT c.village_code, 'village_head:' || CAST(c.row_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN DATE_DIFF('day', c.ends_on, $as_of) > $red_days THEN 3
            WHEN DATE_DIFF('day', c.ends_on, $as_of) > $orange_days THEN 2 ELSE 1 END AS level,
       'cadre:' || CAST(c.row_id AS VARCHAR) AS evidence,
       c.post, c.ends_on, DATE_DIFF('day', c.ends_on, $as_of) AS days
FROM cadre c
LEFT JOIN audit a ON a.person_id = c.person_id AND a.village_code = c.village_code AND a.phase = 'leaving'
     AND a.report_on IS NOT NULL AND a.report_on <= $as_of AND a.ends_on >= c.starts_on
LEFT JOIN cadre n ON n.person_id = c.person_id AND n.village_code = c.village_code AND n.unit_kind = c.unit_kind
     AND n.is_head AND n.starts_on > c.starts_on AND DATE_DIFF('day', c.ends_on, n.starts_on) <= $yellow_days
WHERE c.is_head AND c.unit_kind <> 'supervision_committee' AND c.ends_on IS NOT NULL
  AND DATE_DIFF('day', c.ends_on, $as_of) > $yellow_days AND DATE_DIFF('day', c.ends_on, $as_of) <= 730
  AND a.audit_id IS NULL AND n.row_id IS NULL
