/*
id: SJ01
names: {zh: 审计问题逾期未改, en: Audit finding not put right in time}
group: SJ
grain: village
reads: [audit_finding]
nature: form
parameters:
  orange_days: {value: 30, unit: days, zh: 逾期多少天转橙, en: Days late to orange, origin: default}
levels:
  yellow: {zh: 过了承诺期限（没有承诺的按报告期限）没有提交整改, en: Nothing handed in by the day promised, or by that of the report}
  orange: {zh: 逾期超过30天, en: More than 30 days late}
basis: []
note: {zh: 整改期限由审计报告写明，逾期天数由县里确定。, en: The report sets the day; the days of delay are set by the county.}
explain:
  zh: "审计问题{number}应在{day}前整改，至今没有提交，已逾期{days}天。"
  en: "Finding {number} was to be put right by {day}; nothing was handed in, {days} days late."
exclusions:
  zh: 已经提交、等待核实的不预警。
  en: What is handed in and waits to be verified is left out.
false_alarms:
  zh: 已经整改，还没有登记。
  en: It was put right and not entered yet.
weight: 3
status: active
owner: agriculture
source: SJ01
*/
SELECT f.village_code, 'audit_finding:' || CAST(f.finding_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN DATE_DIFF('day', COALESCE(f.promised_for, f.due_on), $as_of) > $orange_days THEN 2 ELSE 1 END AS level,
       'audit_finding:' || CAST(f.finding_id AS VARCHAR) AS evidence,
       f.number, COALESCE(f.promised_for, f.due_on) AS day,
       DATE_DIFF('day', COALESCE(f.promised_for, f.due_on), $as_of) AS days
FROM audit_finding f
WHERE NOT f.is_done AND NOT f.is_handed_in AND COALESCE(f.promised_for, f.due_on) < $as_of
