/*
id: GZ05
names: {zh: 合同用印无决议, en: Contract sealed without a decision}
group: GZ
grain: village
reads: [seal_request]
nature: gain
parameters: {}
levels:
  red: {zh: 需要决议的文件没有填决议号就同意用印, en: Agreed to without the number of the decision it needs}
basis: []
note: {zh: 用印管理没有全国统一的数值规定，参照各地智能印章管理做法；数值由县里确定。, en: No national rule sets these figures; they follow what places with seal boxes do and are set by the county.}
explain:
  zh: "{number}“{title}”属于{class_name}，同意用印时没有决议号。"
  en: "{number} “{title}” is {class_name}; it was agreed to without the number of a decision."
exclusions:
  zh: 还没有同意的不预警。
  en: What nobody has agreed to yet is left out.
false_alarms:
  zh: 经授权的续签。
  en: A renewal under an authorisation.
weight: 5
status: active
owner: discipline
source: GZ05
*/
SELECT r.village_code, 'seal_request:' || CAST(r.request_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'seal_request:' || CAST(r.request_id AS VARCHAR) AS evidence, r.number, r.title, r.class_name
FROM seal_request r
WHERE r.needs <> '' AND r.decision_no = '' AND (r.agreed_at IS NOT NULL OR r.prints > 0)
