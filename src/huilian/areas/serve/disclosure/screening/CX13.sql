/*
id: CX13
names: {zh: 村民质询未答复, en: Question of a villager unanswered}
group: CX
grain: village
reads: [question]
nature: form
parameters:
  yellow_days: {value: 10, unit: days, zh: 提出多少天未答复提示, en: Days without an answer before a reminder, origin: default}
  orange_days: {value: 20, unit: days, zh: 提出多少天未答复预警, en: Days before a warning, origin: default}
  red_days: {value: 30, unit: days, zh: 提出多少天未答复督办, en: Days before supervision, origin: default}
levels:
  yellow: {zh: 超过10天没有答复, en: No answer for more than 10 days}
  orange: {zh: 超过20天, en: More than 20 days}
  red: {zh: 超过30天, en: More than 30 days}
basis: [{law: 村民委员会组织法, version: 2025-10-28修订，2026-01-01施行, article: ""}]
note: {zh: 答复天数为各地做法，由县里确定；条文序号请以正式文本为准。, en: The days are local practice and the county's to set; check the article against the official text.}
explain:
  zh: "村民{asked_on}就公开内容提出的问题，应在{due_on}前答复，至今{days}天没有答复。"
  en: "A question asked on {asked_on} under a publication was to be answered by {due_on}; {days} days have passed without an answer."
exclusions:
  zh: 已答复的、期限未到（含已延长）的不预警。
  en: Left out is what was answered and what is not yet due, also by extension.
false_alarms:
  zh: 已当面答复，没有录入；同一问题重复提出。
  en: Answered in person but not entered; the same question asked twice.
weight: 3
status: active
owner: agriculture
source: CX13
*/
SELECT q.village_code, 'question:' || CAST(q.question_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN DATE_DIFF('day', q.asked_on, $as_of) > $red_days THEN 3
            WHEN DATE_DIFF('day', q.asked_on, $as_of) > $orange_days THEN 2 ELSE 1 END AS level,
       'question:' || CAST(q.question_id AS VARCHAR) AS evidence,
       q.asked_on, q.due_on, DATE_DIFF('day', q.asked_on, $as_of) AS days
FROM question q
WHERE q.answered_on IS NULL AND q.due_on < $as_of AND DATE_DIFF('day', q.asked_on, $as_of) > $yellow_days
