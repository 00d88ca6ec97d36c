/*
id: XT03
names: {zh: 预警无人处置, en: Alerts nobody signs for}
group: XT
grain: village
reads: [alert]
parameters:
  yellow_days: {value: 3, unit: days, zh: 几天没有签收提醒, en: Days unsigned that are noticed, origin: default}
  orange_days: {value: 7, unit: days, zh: 几天没有签收督促, en: Days unsigned that are urged, origin: default}
  red_days: {value: 15, unit: days, zh: 几天没有签收督办, en: Days unsigned that are supervised, origin: default}
levels:
  yellow: {zh: 预警超过3天没有签收, en: An alert unsigned for more than 3 days}
  orange: {zh: 超过7天, en: For more than 7 days}
  red: {zh: 超过15天, en: For more than 15 days}
basis: []
note: {zh: 预警到期会自动逐级上报，本模型只作统计，所以试运行。天数县里可改。, en: "Alerts go up by themselves; this rule only counts them and so stays on trial. A county may change the days."}
explain:
  zh: 本村有{alerts}条预警没有签收，最早一条{number}已经{days}天。
  en: The village has {alerts} alerts nobody signed for; the oldest, {number}, is {days} days old.
exclusions:
  zh: 系统自身的预警；已办结、已失效的。
  en: Alerts about the system itself; alerts that are closed or have lapsed.
false_alarms:
  zh: 节假日。
  en: Holidays.
weight: 1
nature: form
status: trial
owner: system
source: warnings XT03
*/
WITH unsigned AS (
  SELECT a.village_code, a.alert_id, a.number, DATE_DIFF('day', CAST(a.raised_at AS DATE), $as_of) AS days
  FROM alert a
  WHERE a.state = 'open' AND a.signed_at IS NULL AND CAST(a.raised_at AS DATE) <= $as_of AND NOT STARTS_WITH(a.rule, 'XT')
    AND DATE_DIFF('day', CAST(a.raised_at AS DATE), $as_of) > $yellow_days
)
SELECT u.village_code, 'village:' || CAST(u.village_code AS VARCHAR) AS subject, '' AS key,
       CASE WHEN MAX(u.days) > $red_days THEN 3 WHEN MAX(u.days) > $orange_days THEN 2 ELSE 1 END AS level,
       STRING_AGG('alert:' || CAST(u.alert_id AS VARCHAR), ' ' ORDER BY u.alert_id) AS evidence,
       COUNT(*) AS alerts, MIN(u.number) AS number, MAX(u.days) AS days
FROM unsigned u
GROUP BY u.village_code
