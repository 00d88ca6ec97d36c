/*
id: SJ02
names: {zh: 审计应退款项逾期未退, en: Audited money not paid back in time}
group: SJ
grain: village
reads: [audit_finding]
nature: gain
parameters:
  red_days: {value: 60, unit: days, zh: 逾期多少天转红, en: Days late to red, origin: default}
levels:
  orange: {zh: 过了报告期限没有退清，或者退款日期晚于期限, en: "Not all paid back by the report's day, or paid back later"}
  red: {zh: 逾期超过60天仍没有退清, en: Not all paid back more than 60 days later}
basis: []
note: {zh: 退款期限由审计报告写明，逾期天数由县里确定。, en: The report sets the day; the days of delay are set by the county.}
explain:
  zh: "审计问题{number}应退{back_cents:money}，已退{paid_back_cents:money}，期限{due_on}，晚{days}天。"
  en: "Of {back_cents:money} to be paid back for {number}, {paid_back_cents:money} are back; due {due_on}, {days} days late."
exclusions:
  zh: 没有应退款项的问题不预警。
  en: Findings with nothing to be paid back are left out.
false_alarms:
  zh: 已经退款，还没有登记。
  en: It was paid back and not entered yet.
weight: 4
status: active
owner: agriculture
source: SJ02
*/
SELECT f.village_code, 'audit_finding:' || CAST(f.finding_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN f.paid_back_cents < f.back_cents AND DATE_DIFF('day', f.due_on, $as_of) > $red_days THEN 3
            ELSE 2 END AS level,
       'audit_finding:' || CAST(f.finding_id AS VARCHAR) AS evidence,
       f.number, f.back_cents, f.paid_back_cents, f.due_on,
       CASE WHEN f.paid_back_cents < f.back_cents THEN DATE_DIFF('day', f.due_on, $as_of)
            ELSE DATE_DIFF('day', f.due_on, f.paid_back_on) END AS days
FROM audit_finding f
WHERE f.back_cents > 0
  AND ((f.paid_back_cents < f.back_cents AND f.due_on < $as_of)
       OR (f.paid_back_cents >= f.back_cents AND f.paid_back_on > f.due_on))
