/*
id: ZJ18
names: {zh: 专项资金滞留或挪用, en: Earmarked money idle or moved}
group: ZJ
grain: village
reads: [voucher, voucher_line]
parameters:
  least_cents: {value: 10000, unit: cents, zh: 不计较的结余, en: Remainders too small to mind, origin: default}
  yellow_days: {value: 90, unit: days, zh: 几天没有使用提醒, en: Days unused that are noticed, origin: default}
  orange_days: {value: 180, unit: days, zh: 几天没有使用督促, en: Days unused that are urged, origin: default}
levels:
  yellow: {zh: 专项应付款超过90天没有使用, en: Earmarked money not used for more than 90 days}
  orange: {zh: 超过180天, en: More than 180 days}
  red: {zh: 专项资金用于管理费、招待等其他用途, en: "Earmarked money spent on administration, hospitality or other purposes"}
basis: []
note: {zh: 天数为默认值，县里可改。, en: The days are defaults; a county may change them.}
explain:
  zh: "专项资金“{fund}”{what_zh}，涉及{amount_cents:money}（{since}起{days}天）。"
  en: "Earmarked money “{fund}”: {what_en}, {amount_cents:money} (since {since}, {days} days)."
exclusions:
  zh: 100元以下的结余；运转、办公、奖补类资金用于管理费；已冲销的凭证。
  en: Remainders below 100 yuan; funds meant for running costs; reversed vouchers.
false_alarms:
  zh: 季节、天气造成的停工；资金在年底才下达。
  en: Works that rest for season or weather; money that arrived at the year's end.
weight: 4
nature: gain
status: active
owner: finance
source: warnings ZJ18, F15
*/
WITH funds AS (
  SELECT l.village_code, l.set_id, l.sub, l.party AS fund, CAST(SUM(l.credit_cents - l.debit_cents) AS BIGINT) AS amount_cents,
         MAX(l.voucher_date) AS since, MAX(l.line_id) AS line_id, MIN(l.line_id) AS first_id
  FROM voucher_line l
  WHERE l.account = 241 AND l.voucher_date <= $as_of
  GROUP BY l.village_code, l.set_id, l.sub, l.party
  HAVING SUM(l.credit_cents - l.debit_cents) >= $least_cents AND DATE_DIFF('day', MAX(l.voucher_date), $as_of) > $yellow_days
), moved AS (
  SELECT l.voucher_id, CAST(SUM(l.debit_cents) AS BIGINT) AS amount_cents
  FROM voucher_line l
  WHERE (l.account IN (513, 515) OR l.sub = 51404) AND l.debit_cents > 0 AND l.voucher_date <= $as_of
    AND l.voucher_id IN (SELECT v.voucher_id FROM voucher v WHERE v.fund <> '')
  GROUP BY l.voucher_id
), found AS (
  SELECT f.village_code, 'voucher_line:' || CAST(f.line_id AS VARCHAR) AS subject,
         CASE WHEN DATE_DIFF('day', f.since, $as_of) > $orange_days THEN 2 ELSE 1 END AS level,
         'voucher_line:' || CAST(f.first_id AS VARCHAR) || ' voucher_line:' || CAST(f.line_id AS VARCHAR) AS evidence,
         f.fund, f.amount_cents, f.since, '没有使用' AS what_zh, 'not used' AS what_en
  FROM funds f
  UNION ALL
  SELECT v.village_code, 'voucher:' || CAST(v.voucher_id AS VARCHAR) AS subject, 3 AS level,
         'voucher:' || CAST(v.voucher_id AS VARCHAR) AS evidence, v.fund, m.amount_cents, v.voucher_date AS since,
         '用于管理费等其他用途' AS what_zh, 'spent on other purposes' AS what_en
  FROM voucher v JOIN moved m ON m.voucher_id = v.voucher_id
  WHERE v.fund <> '' AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND NOT REGEXP_MATCHES(v.fund, '运转|办公|经费|奖补|慰问|救助')
)
SELECT f.village_code, f.subject, '' AS key, f.level, f.evidence, f.fund, f.amount_cents, f.since,
       DATE_DIFF('day', f.since, $as_of) AS days, f.what_zh, f.what_en
FROM found f
