/*
id: XT01
names: {zh: 数据断供, en: Data feed gone stale}
group: XT
grain: village
reads: [feed]
parameters:
  grace_days: {value: 3, unit: days, zh: 节假日宽限, en: Days of grace for holidays, origin: default}
levels:
  yellow: {zh: 超过一个周期没有新数据, en: No new data for more than one period}
  orange: {zh: 超过两个周期, en: For more than two periods}
  red: {zh: 超过三个周期, en: For more than three periods}
basis: []
note: {zh: 系统自身的提醒，不涉及单位责任认定。, en: A matter of the system itself.}
explain:
  zh: 数据源{name}已经{days}天没有更新，计划每{every_days}天一次，据此筛查的结果可能过时。
  en: The feed {name} was last delivered {days} days ago and is planned every {every_days} days; what is screened with it may be out of date.
exclusions:
  zh: 宽限天数以内的。
  en: Delays within the days of grace.
false_alarms:
  zh: 长假。
  en: Long holidays.
weight: 1
nature: form
status: active
owner: system
source: warnings XT01
*/
SELECT f.village_code, 'feed:' || CAST(f.feed_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN DATE_DIFF('day', CAST(f.last_at AS DATE), $as_of) > 3 * f.every_days + $grace_days THEN 3
            WHEN DATE_DIFF('day', CAST(f.last_at AS DATE), $as_of) > 2 * f.every_days + $grace_days THEN 2 ELSE 1 END AS level,
       'feed:' || CAST(f.feed_id AS VARCHAR) AS evidence, f.name, f.every_days, DATE_DIFF('day', CAST(f.last_at AS DATE), $as_of) AS days
FROM feed f
WHERE DATE_DIFF('day', CAST(f.last_at AS DATE), $as_of) > f.every_days + $grace_days
