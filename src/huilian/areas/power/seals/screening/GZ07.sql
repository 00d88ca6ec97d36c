/*
id: GZ07
names: {zh: 群众等章超时, en: People kept waiting for a seal}
group: GZ
grain: village
reads: [seal_request]
nature: form
parameters: 
  orange_minutes: {value: 120, unit: minutes, zh: 多少分钟预警, en: Minutes before a warning, origin: default}
  red_minutes: {value: 480, unit: minutes, zh: 多少分钟督办（一个工作日）, en: Minutes before supervision (a working day), origin: default}
levels:
  yellow: {zh: 超过承诺分钟数, en: Longer than promised}
  orange: {zh: 超过120分钟, en: More than 120 minutes}
  red: {zh: 拖到第二个工作日, en: Into the next working day}
basis: []
note: {zh: 用印管理没有全国统一的数值规定，参照各地智能印章管理做法；数值由县里确定。, en: No national rule sets these figures; they follow what places with seal boxes do and are set by the county.}
explain:
  zh: "{number}“{title}”承诺{promised_minutes}分钟，用了{waited_minutes}分钟办公时间。"
  en: "{number} “{title}”: promised {promised_minutes} minutes, took {waited_minutes} minutes of office time."
exclusions:
  zh: 应急补录的、还没有同意的不预警（在办的由时限提醒）。
  en: Emergency uses and what still waits are left out (the clock of the case warns of those).
false_alarms:
  zh: 重大事项需要先开会决议。
  en: Major matters that need a vote first.
weight: 1
status: active
owner: discipline
source: GZ07
*/
SELECT r.village_code, 'seal_request:' || CAST(r.request_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN r.waited_minutes > $red_minutes THEN 3 WHEN r.waited_minutes > $orange_minutes THEN 2 ELSE 1 END AS level,
       'seal_request:' || CAST(r.request_id AS VARCHAR) AS evidence,
       r.number, r.title, r.promised_minutes, r.waited_minutes
FROM seal_request r
WHERE r.agreed_at IS NOT NULL AND NOT r.is_emergency AND r.waited_minutes > r.promised_minutes
