/*
id: GC14
names: {zh: 工期逾期, en: Late or abandoned}
group: GC
grain: village
reads: [project]
nature: gain
parameters:
  yellow_days: {value: 30, unit: days, zh: 提示, en: "Reminder after", origin: default}
  orange_days: {value: 90, unit: days, zh: 督促, en: "Urged after", origin: default}
  red_days: {value: 180, unit: days, zh: 督办, en: "Supervised after", origin: default}
levels:
  yellow: {zh: 超过合同工期30天, en: "30 days over the contract"}
  orange: {zh: 90天, en: "90 days"}
  red: {zh: 180天, en: "180 days"}
basis: []
note: {zh: 天数由县里规定。, en: "The days are the county's own."}
explain:
  zh: "{title}应于{ends_on}完工，已超{days}天，登记进度{progress}%。"
  en: "{title} was to be done by {ends_on}; it is {days} days late, {progress} % done."
exclusions:
  zh: 暂停中的工程；已完工一年以上的。
  en: "Works that are suspended; works finished more than a year ago."
false_alarms:
  zh: 冬季停工未办暂停。
  en: "A winter stop that was not entered."
weight: 3
status: active
owner: agriculture
source: GC14
*/
WITH late AS (
  SELECT village_code, project_id, title, ends_on, progress,
         DATE_DIFF('day', ends_on, COALESCE(finished_on, $as_of)) AS days
  FROM project
  WHERE signed_on <= $as_of AND NOT is_paused AND NOT is_given_up
    AND (finished_on IS NULL OR DATE_DIFF('day', finished_on, $as_of) BETWEEN 0 AND 365)
    AND (accepted_on IS NULL OR finished_on IS NOT NULL)
)
SELECT village_code, 'project:' || CAST(project_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN days > $red_days THEN 3 WHEN days > $orange_days THEN 2 ELSE 1 END AS level,
       'project:' || CAST(project_id AS VARCHAR) AS evidence, title, ends_on, days, progress
FROM late WHERE days > $yellow_days
