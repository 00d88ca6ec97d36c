/*
id: XC05
names: {zh: 批量秒销, en: Signed off in a batch}
group: XC
grain: county
reads: [finding]
nature: form
parameters: 
  many: {value: 5, unit: findings, zh: 至少几个, en: Findings at least, origin: default}
  minutes: {value: 10, unit: minutes, zh: 几分钟内, en: Within minutes, origin: default}
levels:
  orange: {zh: 同一人几分钟内成批销号, en: One person signed many off within minutes}
basis: []
note: {zh: 整改真实性核验没有上级数值规定，数值由县里确定。, en: No higher rule sets these figures; they are set by the county.}
explain:
  zh: "{number}与另外{others}个问题在{minutes}分钟内由同一人销号。"
  en: "{number} and {others} others were signed off by one person within {minutes} minutes."
exclusions:
  zh: 导入的历史问题没有销号人，不算。
  en: Imported findings have nobody who signed off and are left out.
false_alarms:
  zh: 集中复核会上一并销号。
  en: Signed off together after a joint check.
weight: 3
status: active
owner: discipline
source: XC05
*/
SELECT f.village_code, 'finding:' || CAST(f.finding_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'finding:' || CAST(f.finding_id AS VARCHAR) || ' finding:' || CAST(MAX(o.finding_id) AS VARCHAR) AS evidence,
       f.number, COUNT(o.finding_id) AS others
FROM finding f JOIN finding o ON o.closed_by = f.closed_by AND o.finding_id <> f.finding_id
WHERE f.is_closed AND o.is_closed AND ABS(o.closed_minute - f.closed_minute) <= $minutes
GROUP BY f.village_code, f.finding_id, f.number
HAVING COUNT(o.finding_id) + 1 >= $many
