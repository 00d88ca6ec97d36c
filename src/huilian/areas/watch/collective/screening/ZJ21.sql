/*
id: ZJ21
names: {zh: 账套停更, en: Books not kept up}
group: ZJ
grain: village
reads: [account_set, month_close]
parameters:
  yellow_days: {value: 15, unit: days, zh: 月末后几天没有结账提醒, en: Days after the month that are noticed, origin: default}
  orange_days: {value: 30, unit: days, zh: 月末后几天没有结账督促, en: Days after the month that are urged, origin: default}
  red_days: {value: 60, unit: days, zh: 月末后几天没有结账督办, en: Days after the month that are supervised, origin: default}
levels:
  yellow: {zh: 上月账到16日还没有结, en: Last month still open on the 16th}
  orange: {zh: 超过30天, en: For more than 30 days}
  red: {zh: 超过60天, en: For more than 60 days}
basis: []
note: {zh: 结账期限为默认值，县里可改。, en: The limits are defaults; a county may change them.}
explain:
  zh: "{name}从{open_from}起的账还没有结，离该月月末已经{days}天。"
  en: "The books of {name} are open from {open_from} on, {days} days after the end of that month."
exclusions:
  zh: 已终止的账套。
  en: Account sets that have ended.
false_alarms:
  zh: 代理中心人手不足。
  en: A bookkeeping agency short of staff.
weight: 2
nature: form
status: active
owner: agriculture
source: warnings ZJ21
*/
WITH closed AS (
  SELECT m.set_id, MAX(m.month) AS month, ARG_MAX(m.row_id, m.month) AS row_id
  FROM month_close m WHERE m.state = 'closed' AND CAST(m.closed_at AS DATE) <= $as_of GROUP BY m.set_id
), open_months AS (
  SELECT s.village_code, s.set_id, s.name, c.row_id,
         CASE WHEN c.month IS NULL THEN DATE_TRUNC('month', s.starts_on)
              WHEN c.month % 100 = 12 THEN CAST(CAST(c.month // 100 + 1 AS VARCHAR) || '-01-01' AS DATE)
              ELSE CAST(CAST(c.month // 100 AS VARCHAR) || CASE WHEN c.month % 100 < 9 THEN '-0' ELSE '-' END
                   || CAST(c.month % 100 + 1 AS VARCHAR) || '-01' AS DATE) END AS open_from
  FROM account_set s LEFT JOIN closed c ON c.set_id = s.set_id
  WHERE s.starts_on <= $as_of AND (s.closed_on IS NULL OR s.closed_on > $as_of)
), aged AS (
  SELECT o.village_code, o.set_id, o.name, o.row_id, CAST(o.open_from AS DATE) AS open_from,
         DATE_DIFF('day', LAST_DAY(o.open_from), $as_of) AS days
  FROM open_months o
)
SELECT a.village_code, 'set:' || CAST(a.set_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN a.days > $red_days THEN 3 WHEN a.days > $orange_days THEN 2 ELSE 1 END AS level,
       'account_set:' || CAST(a.set_id AS VARCHAR)
         || CASE WHEN a.row_id IS NULL THEN '' ELSE ' month_close:' || CAST(a.row_id AS VARCHAR) END AS evidence,
       a.name, a.open_from, a.days
FROM aged a
WHERE a.days > $yellow_days
