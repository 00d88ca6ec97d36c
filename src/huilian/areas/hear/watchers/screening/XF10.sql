/*
id: XF10
names: {zh: 监督哨反映超期, en: Report of a watcher answered late}
group: XF
grain: village
reads: [watch_report]
nature: form
parameters:
  red_days: {value: 15, unit: days, zh: 超期多少天督办, en: Days over the limit before supervision, origin: default}
levels:
  orange: {zh: 超过答复期限, en: Past the limit for the answer}
  red: {zh: 超过期限15天, en: More than 15 days past the limit}
basis: []
note: {zh: 一般问题一周、重大问题一个月，为人民监督哨制度的规定；由县里确定。, en: A week for general and a month for important matters follow the scheme of supervision posts and are the county's to set.}
explain:
  zh: "{received_at}收到的监督反映{number}应在{due_on}前答复，已超期{days}天。"
  en: "Report {number}, received on {received_at}, was to be answered by {due_on}; it is {days} days late."
exclusions:
  zh: 已答复、已转出的，以及封存和涉及支部的不在此列。
  en: Left out is what was answered or passed on, what is sealed and what is about the branch.
false_alarms:
  zh: 已当面答复，没有录入。超期自动移交镇纪委的，仍按原期限记橙色，镇纪委再超期的按新期限计。
  en: Answered in person but not entered. What moved up by itself stays orange by its first limit; where the township is late too, its own limit counts.
weight: 3
status: active
owner: discipline
source: XF10
*/
SELECT r.village_code, 'watch_report:' || CAST(r.report_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN DATE_DIFF('day', r.due_on, $as_of) > $red_days THEN 3 ELSE 2 END AS level,
       'watch_report:' || CAST(r.report_id AS VARCHAR) AS evidence,
       r.number, r.received_at, COALESCE(r.missed_on, r.due_on) AS due_on,
       DATE_DIFF('day', COALESCE(r.missed_on, r.due_on), $as_of) AS days
FROM watch_report r
WHERE r.answered_on IS NULL AND COALESCE(r.missed_on, r.due_on) < $as_of
