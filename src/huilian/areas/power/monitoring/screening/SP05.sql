/*
id: SP05
names: {zh: 体外循环, en: Handled outside the system}
group: SP
grain: village
reads: [matter]
nature: form
parameters: 
  yellow_count: {value: 5, unit: cases, zh: 一天多少件提示, en: Cases a day before a notice, origin: default}
  orange_count: {value: 20, unit: cases, zh: 一天多少件预警, en: Cases a day before a warning, origin: default}
levels:
  yellow: {zh: 一天有5件以上在登记的同一分钟内办结, en: Five or more a day closed in the minute they were entered}
  orange: {zh: 一天20件以上, en: Twenty or more a day}
basis: []
note: {zh: 各地电子监察办法的通行做法；数值由县里确定。, en: As places with electronic monitoring do it; the county sets the figures.}
explain:
  zh: "{closed_on}有{count}件在登记的同一分钟内办结，像是先办后录。"
  en: "On {closed_on} {count} cases were closed in the minute they were entered: as if handled first and entered later."
exclusions:
  zh: 当场答复的热线来电、公开疑问和投诉不计。
  en: Calls answered at once, questions and complaints are not counted.
false_alarms:
  zh: 本来就是即办件。
  en: Items that are done at once by their nature.
weight: 2
status: active
owner: discipline
source: SP05
*/
SELECT MIN(m.village_code) AS village_code, 'handling_unit:' || CAST(m.unit_id AS VARCHAR) AS subject,
       CAST(CAST(m.closed_at AS DATE) AS VARCHAR) AS key, CASE WHEN COUNT(*) >= $orange_count THEN 2 ELSE 1 END AS level,
       'matter:' || CAST(MIN(m.matter_id) AS VARCHAR) || ' matter:' || CAST(MAX(m.matter_id) AS VARCHAR) AS evidence,
       CAST(m.closed_at AS DATE) AS closed_on, COUNT(*) AS count
FROM matter m
WHERE m.within_minute AND m.unit_id > 0 AND m.kind NOT IN ('hotline', 'question', 'act_complaint')
GROUP BY m.unit_id, CAST(m.closed_at AS DATE)
HAVING COUNT(*) >= $yellow_count
