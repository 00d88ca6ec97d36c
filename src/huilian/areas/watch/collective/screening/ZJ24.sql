/*
id: ZJ24
names: {zh: 报账超期, en: Papers handed in late}
group: ZJ
grain: village
reads: [account_set, month_close]
parameters:
  yellow_days: {value: 10, unit: days, zh: 次月几日以后提醒, en: Day of the next month after which it is noticed, origin: default}
  orange_days: {value: 30, unit: days, zh: 月末后几天督促, en: Days after the month that are urged, origin: default}
levels:
  yellow: {zh: 次月10日以后报账，或者还没有报, en: Handed in after the 10th of the next month or not yet}
  orange: {zh: 超过30天, en: More than 30 days after the month}
basis: []
note: {zh: 报账期限为默认值，县里可改。, en: The limit is a default; a county may change it.}
explain:
  zh: "{name}{month:month}的账月末后{days}天{handed_zh}，期限为{yellow_days}天。"
  en: "The papers of {name} for {month:month} {handed_en} {days} days after the month; the limit is {yellow_days} days."
exclusions:
  zh: 自行记账的组织；已终止的账套。
  en: Organisations that keep their own books; account sets that have ended.
false_alarms:
  zh: 报账员换人交接。
  en: A change of the village's accountant.
weight: 1
nature: form
status: active
owner: agriculture
source: F12
*/
WITH papers AS (
  SELECT m.set_id, m.row_id, m.month, CASE WHEN CAST(m.submitted_at AS DATE) <= $as_of THEN CAST(m.submitted_at AS DATE) END AS handed_on
  FROM month_close m
), not_soon AS (  -- cheap to tell, and leaves few: making dates of months is dear
  SELECT p.set_id, p.row_id, p.month, p.handed_on FROM papers p
  WHERE p.handed_on IS NULL OR EXTRACT(DAY FROM p.handed_on) > $yellow_days
     OR EXTRACT(YEAR FROM p.handed_on) * 12 + EXTRACT(MONTH FROM p.handed_on) > p.month // 100 * 12 + p.month % 100 + 1
), handed AS (
  SELECT s.village_code, s.set_id, s.name, n.row_id, n.month, n.handed_on,
         LAST_DAY(CAST(CAST(n.month // 100 AS VARCHAR) || CASE WHEN n.month % 100 < 10 THEN '-0' ELSE '-' END
                       || CAST(n.month % 100 AS VARCHAR) || '-01' AS DATE)) AS month_end
  FROM not_soon n JOIN account_set s ON s.set_id = n.set_id
  WHERE s.mode = 'agency' AND (s.closed_on IS NULL OR s.closed_on > $as_of)
), aged AS (
  SELECT h.village_code, h.set_id, h.name, h.row_id, h.month, h.handed_on,
         DATE_DIFF('day', h.month_end, COALESCE(h.handed_on, $as_of)) AS days
  FROM handed h
)
SELECT a.village_code, 'set:' || CAST(a.set_id AS VARCHAR) AS subject, CAST(a.month AS VARCHAR) AS key,
       CASE WHEN a.days > $orange_days THEN 2 ELSE 1 END AS level,
       'month_close:' || CAST(a.row_id AS VARCHAR) AS evidence, a.name, a.month, a.days,
       CASE WHEN a.handed_on IS NULL THEN '还没有报' ELSE '才报' END AS handed_zh,
       CASE WHEN a.handed_on IS NULL THEN 'are not in' ELSE 'came in' END AS handed_en
FROM aged a
WHERE a.days > $yellow_days
