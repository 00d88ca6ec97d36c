/*
id: ZJ02
names: {zh: 库存现金超限, en: Cash on hand over the limit}
group: ZJ
grain: village
reads: [voucher, voucher_line, account_month, account_set]
parameters:
  limit_cents: {value: 200000, unit: cents, zh: 账套没有另定时的库存现金限额, en: Cash limit where the account set has none of its own, origin: default}
  orange_cents: {value: 1000000, unit: cents, zh: 库存现金督促线, en: Cash on hand that is urged, origin: default}
  red_days: {value: 10, unit: days, zh: 连续超限多少天督办, en: Days over the limit that are supervised, origin: default}
levels:
  yellow: {zh: 日终库存现金超过限额, en: Cash at the end of a day over the limit}
  orange: {zh: 最高超过1万元, en: Over 10000 yuan at the highest}
  red: {zh: 连续超限10天, en: Over the limit for 10 days on end}
basis:
  - {law: 农村集体经济组织财务制度, version: 财农〔2021〕121号, article: ""}
note: {zh: 限额数由县里确定，默认值没有上位依据；条文号请县里核填。, en: The amount is the county's own; the article is for the county to fill in.}
explain:
  zh: 从{since}起库存现金超过限额{allowed_cents:money}，最高{peak_cents:money}，持续{days}天。
  en: From {since} cash on hand stood over the limit of {allowed_cents:money}, at most {peak_cents:money}, for {days} days.
exclusions:
  zh: 按凭证日期逐日计算，补记账后自动重算。
  en: Counted by the dates of vouchers, and again whenever one is entered later.
false_alarms:
  zh: 存款凭证补记晚了；取现次日即发放。
  en: A deposit entered late; cash drawn for the next day's paying out.
weight: 2
nature: form
status: active
owner: agriculture
source: warnings ZJ02, F01
*/
WITH moved AS (
  SELECT l.set_id, l.voucher_date, MIN(l.line_id) AS line_id,
         CAST(SUM(l.debit_cents - l.credit_cents) AS BIGINT) AS moved_cents
  FROM voucher_line l
  WHERE l.account = 101 AND l.voucher_date <= $as_of
    AND l.voucher_id NOT IN (SELECT o.voucher_id FROM voucher o WHERE o.kind = 'opening')
  GROUP BY l.set_id, l.voucher_date
), first_rows AS (
  SELECT b.set_id, b.sub, ARG_MIN(b.opening_cents, b.month) AS opening_cents
  FROM account_month b WHERE b.account = 101 GROUP BY b.set_id, b.sub
), began AS (
  SELECT f.set_id, CAST(SUM(f.opening_cents) AS BIGINT) AS opening_cents FROM first_rows f GROUP BY f.set_id
), daily AS (
  SELECT s.village_code, m.set_id, m.voucher_date, m.line_id,
         COALESCE(NULLIF(s.cash_limit_cents, 0), $limit_cents) AS allowed_cents,
         COALESCE(b.opening_cents, 0)
           + CAST(SUM(m.moved_cents) OVER (PARTITION BY m.set_id ORDER BY m.voucher_date) AS BIGINT) AS cash_cents
  FROM moved m JOIN account_set s ON s.set_id = m.set_id LEFT JOIN began b ON b.set_id = m.set_id
), flagged AS (
  SELECT d.village_code, d.set_id, d.voucher_date, d.line_id, d.allowed_cents, d.cash_cents,
         CASE WHEN d.cash_cents > d.allowed_cents THEN 1 ELSE 0 END AS is_over,
         LEAD(d.voucher_date) OVER (PARTITION BY d.set_id ORDER BY d.voucher_date) AS next_on
  FROM daily d
), runs AS (
  SELECT f.village_code, f.set_id, f.voucher_date, f.line_id, f.allowed_cents, f.cash_cents, f.is_over, f.next_on,
         CAST(SUM(1 - f.is_over) OVER (PARTITION BY f.set_id ORDER BY f.voucher_date) AS BIGINT) AS run
  FROM flagged f
), spells AS (
  SELECT r.village_code, r.set_id, MIN(r.voucher_date) AS since, MAX(r.allowed_cents) AS allowed_cents,
         MAX(r.cash_cents) AS peak_cents, MAX(COALESCE(r.next_on, $as_of)) AS ended,
         ARG_MIN(r.line_id, r.voucher_date) AS first_line, ARG_MAX(r.line_id, r.voucher_date) AS last_line
  FROM runs r WHERE r.is_over = 1 GROUP BY r.village_code, r.set_id, r.run
)
SELECT s.village_code, 'set:' || CAST(s.set_id AS VARCHAR) AS subject, CAST(s.since AS VARCHAR) AS key,
       CASE WHEN DATE_DIFF('day', s.since, s.ended) >= $red_days THEN 3 WHEN s.peak_cents > $orange_cents THEN 2 ELSE 1 END AS level,
       'voucher_line:' || CAST(s.first_line AS VARCHAR) || ' voucher_line:' || CAST(s.last_line AS VARCHAR) AS evidence,
       s.since, s.allowed_cents, s.peak_cents, DATE_DIFF('day', s.since, s.ended) AS days
FROM spells s
