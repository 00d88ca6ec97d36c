/*
id: XF12
names: {zh: 信访件超期（单位）, en: Overdue petitions of a unit}
group: XF
grain: county
reads: [petition]
nature: form
parameters:
  orange_count: {value: 2, unit: matters, zh: 几件预警, en: Matters for a warning, origin: default}
  red_count: {value: 3, unit: matters, zh: 几件督办, en: Matters for supervision, origin: default}
levels:
  yellow: {zh: 有1件过了期限, en: One matter is past its day}
  orange: {zh: 2件, en: Two}
  red: {zh: 3件以上, en: Three and more}
basis: [{law: 信访工作条例, version: 2022-05-01起施行, article: 第二十二条、第三十四条至第三十六条}]
explain:
  zh: "{unit_count}件在办信访件已过期限，最早的应于{first_due}办结。"
  en: "{unit_count} open petitions are past their day; the oldest was due on {first_due}."
exclusions:
  zh: 已经送达、等信访人决定是否复查的不计；听证暂停的不计。
  en: Delivered answers that wait for the person, and hearings, are left out.
false_alarms:
  zh: 已经送达但没有登记。
  en: Delivered but not noted.
weight: 3
status: active
owner: discipline
source: S0-54
*/
SELECT MIN(p.village_code) AS village_code, 'petition_unit:' || CAST(p.unit_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN COUNT(*) >= $red_count THEN 3 WHEN COUNT(*) >= $orange_count THEN 2 ELSE 1 END AS level,
       'petition:' || CAST(MIN(p.petition_id) AS VARCHAR) || ' petition:' || CAST(MAX(p.petition_id) AS VARCHAR) AS evidence,
       COUNT(*) AS unit_count, MIN(p.due_on) AS first_due
FROM petition p
WHERE p.is_open AND p.unit_id > 0 AND p.due_on < $as_of
GROUP BY p.unit_id
