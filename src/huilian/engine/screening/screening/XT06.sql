/*
id: XT06
names: {zh: 越权查询或批量导出, en: Misuse of access}
group: XT
grain: village
reads: [sealed_look, data_export]
parameters:
  looks: {value: 10, unit: looks, zh: 一天打开密封信息几次督促, en: Looks at sealed data in a day that are urged, origin: default}
  night_from: {value: 22, unit: hour, zh: 夜间从几点起, en: Hour at which night begins, origin: default}
  night_to: {value: 6, unit: hour, zh: 夜间到几点止, en: Hour at which night ends, origin: default}
  orange_rows: {value: 20000, unit: rows, zh: 一天导出多少行督促, en: Rows exported in a day that are urged, origin: default}
  red_rows: {value: 100000, unit: rows, zh: 一天导出多少行督办, en: Rows exported in a day that are supervised, origin: default}
levels:
  orange: {zh: 一天打开密封信息10次，夜间打开，或一天导出超过2万行, en: "Ten looks at sealed data in a day, a look at night, or more than 20000 rows exported in a day"}
  red: {zh: 一天导出超过10万行，或夜间打开密封信息10次, en: "More than 100000 rows exported in a day, or ten looks at night"}
basis: []
note: {zh: 由县纪委核查，本人回避。, en: The discipline commission checks it and the person steps back.}
explain:
  zh: "{on_day}同一账号打开密封信息{looks_made}次（其中夜间{at_night}次），导出{rows_out}行。"
  en: "On {on_day} one account opened sealed data {looks_made} times ({at_night} at night) and exported {rows_out} rows."
exclusions:
  zh: 系统自身的任务。
  en: Tasks of the system itself.
false_alarms:
  zh: 值班核查、年度审计、数据迁移。
  en: Duty checks, the yearly audit, a move of data.
weight: 3
nature: gain
status: active
owner: system
source: warnings XT06
*/
WITH acts AS (
  SELECT l.village_code, l.actor_id, CAST(l.looked_at AS DATE) AS on_day, 1 AS look, 0 AS exported,
         CASE WHEN CAST(STRFTIME(l.looked_at, '%H') AS BIGINT) >= $night_from
                OR CAST(STRFTIME(l.looked_at, '%H') AS BIGINT) < $night_to THEN 1 ELSE 0 END AS by_night,
         'sealed_look:' || CAST(l.event_id AS VARCHAR) AS ref, l.event_id
  FROM sealed_look l WHERE l.actor_id <> '' AND CAST(l.looked_at AS DATE) <= $as_of
  UNION ALL
  SELECT e.village_code, e.actor_id, CAST(e.exported_at AS DATE) AS on_day, 0 AS look, COALESCE(e.rows, 0) AS exported,
         0 AS by_night, 'data_export:' || CAST(e.event_id AS VARCHAR) AS ref, e.event_id
  FROM data_export e WHERE e.actor_id <> '' AND CAST(e.exported_at AS DATE) <= $as_of
), days AS (
  SELECT a.village_code, a.actor_id, a.on_day, CAST(SUM(a.look) AS BIGINT) AS looks_made,
         CAST(SUM(a.by_night) AS BIGINT) AS at_night, CAST(SUM(a.exported) AS BIGINT) AS rows_out,
         STRING_AGG(a.ref, ' ' ORDER BY a.event_id) AS evidence
  FROM acts a GROUP BY a.village_code, a.actor_id, a.on_day
)
SELECT d.village_code, 'accounts.user:' || d.actor_id AS subject, CAST(d.on_day AS VARCHAR) AS key,
       CASE WHEN d.rows_out > $red_rows OR d.at_night >= $looks THEN 3 ELSE 2 END AS level,
       d.evidence, d.on_day, d.looks_made, d.at_night, d.rows_out
FROM days d
WHERE d.looks_made >= $looks OR d.at_night > 0 OR d.rows_out > $orange_rows
