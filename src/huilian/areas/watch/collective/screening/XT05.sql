/*
id: XT05
names: {zh: 事后补录或预警后冲销, en: Entered afterwards or reversed after an alert}
group: XT
grain: village
reads: [voucher, alert]
parameters:
  late_days: {value: 10, unit: days, zh: 月末后几天录入算事后补录, en: Days after the month from which an entry is late, origin: default}
levels:
  yellow: {zh: 凭证在所属月份结束10天以后才录入, en: Vouchers entered more than 10 days after their month}
  orange: {zh: 发出预警以后、核查认定以前把凭证冲销, en: A voucher reversed after an alert and before its verdict}
basis: []
note: {zh: 已记账凭证不能删除；冲销要留痕。天数为默认值，县里可改。, en: "A posted voucher cannot be deleted, only reversed; the days are a default."}
explain:
  zh: "{what_zh}，涉及{amount_cents:money}。"
  en: "{what_en}, {amount_cents:money}."
exclusions:
  zh: 导入的历史凭证、系统结转；认定属实以后按整改要求冲销的；红字冲销凭证本身。
  en: Imported history and closing entries; reversals that repair what was found true; the reversals themselves.
false_alarms:
  zh: 经批准的更正。
  en: A correction that was approved.
weight: 2
nature: form
status: active
owner: system
source: warnings XT05
*/
WITH late AS (
  SELECT v.village_code, v.set_id, v.month, COUNT(*) AS vouchers, CAST(SUM(v.total_cents) AS BIGINT) AS amount_cents,
         STRING_AGG('voucher:' || CAST(v.voucher_id AS VARCHAR), ' ' ORDER BY v.voucher_id) AS evidence
  FROM voucher v
  WHERE v.kind IN ('receipt', 'payment', 'transfer') AND v.source NOT IN ('import', 'close') AND v.reverses_id IS NULL
    AND v.voucher_date <= $as_of AND DATE_DIFF('day', LAST_DAY(v.voucher_date), CAST(v.entered_at AS DATE)) > $late_days
  GROUP BY v.village_code, v.set_id, v.month
), undone AS (
  SELECT r.village_code, r.reverses_id, r.voucher_id, r.number, r.posted_at, r.total_cents
  FROM voucher r WHERE r.reverses_id IS NOT NULL AND r.voucher_date <= $as_of
), after_alert AS (
  SELECT u.village_code, u.reverses_id, MIN(u.voucher_id) AS voucher_id, MIN(u.number) AS number, MIN(a.number) AS alert,
         MIN(a.alert_id) AS alert_id, MAX(ABS(u.total_cents)) AS amount_cents
  FROM undone u JOIN alert a ON a.village_code = u.village_code AND a.subject = 'voucher:' || CAST(u.reverses_id AS VARCHAR)
  WHERE u.posted_at > a.raised_at AND a.verdict = '' AND a.state IN ('prompt', 'open')
  GROUP BY u.village_code, u.reverses_id
), found AS (
  SELECT l.village_code, 'set:' || CAST(l.set_id AS VARCHAR) AS subject, CAST(l.month AS VARCHAR) AS key, 1 AS level,
         l.evidence, l.amount_cents,
         CAST(l.month AS VARCHAR) || '有' || CAST(l.vouchers AS VARCHAR) || '张凭证是事后补录的' AS what_zh,
         CAST(l.vouchers AS VARCHAR) || ' vouchers of ' || CAST(l.month AS VARCHAR) || ' were entered late' AS what_en
  FROM late l
  UNION ALL
  SELECT a.village_code, 'voucher:' || CAST(a.reverses_id AS VARCHAR) AS subject, 'reversed' AS key, 2 AS level,
         'voucher:' || CAST(a.reverses_id AS VARCHAR) || ' voucher:' || CAST(a.voucher_id AS VARCHAR)
           || ' alert:' || CAST(a.alert_id AS VARCHAR) AS evidence, a.amount_cents,
         '预警' || a.alert || '还没有认定，凭证就被' || a.number || '冲销' AS what_zh,
         'Voucher ' || a.number || ' reversed it while alert ' || a.alert || ' was undecided' AS what_en
  FROM after_alert a
)
SELECT f.village_code, f.subject, f.key, f.level, f.evidence, f.amount_cents, f.what_zh, f.what_en
FROM found f
