/*
id: ZJ14
names: {zh: 银行账实不符, en: Books and bank differ}
group: ZJ
grain: village
reads: [voucher, voucher_line, account_month, bank_account, bank_line]
parameters:
  yellow_days: {value: 5, unit: days, zh: 不符几天提醒, en: Days of difference that are noticed, origin: default}
  orange_days: {value: 30, unit: days, zh: 不符几天督促, en: Days of difference that are urged, origin: default}
  red_cents: {value: 1000000, unit: cents, zh: 督办差额, en: Difference that is supervised, origin: default}
levels:
  yellow: {zh: 银行存款账面与对账单不符满5天, en: Books and statement differ for 5 days}
  orange: {zh: 满30天, en: For 30 days}
  red: {zh: 满5天，差额超过1万元, en: For 5 days and by more than 10000 yuan}
basis: []
note: {zh: 天数和金额为默认值，县里可改。, en: Days and amount are defaults; a county may change them.}
explain:
  zh: 到{through}账面银行存款{book_cents:money}，对账单{bank_cents:money}，相差{gap_cents:money}，已经{days}天。
  en: On {through} the books have {book_cents:money} in the bank and the statements {bank_cents:money}; they have differed by {gap_cents:money} for {days} days.
exclusions:
  zh: 五天以内的未达账；有账户还没有导入过对账单的组织。
  en: Items under way for less than five days; organisations with an account whose statement was never read in.
false_alarms:
  zh: 月末集中记账；某个账户的对账单导入得晚。
  en: Entries made at the month's end; one account's statement that came late.
weight: 4
nature: gain
status: active
owner: agriculture
source: warnings ZJ14, F11
*/
WITH last_days AS (
  SELECT b.set_id, b.bank_account_id, MAX(b.line_date) AS line_date
  FROM bank_line b WHERE b.line_date <= $as_of GROUP BY b.set_id, b.bank_account_id
), last_ids AS (
  SELECT b.bank_account_id, MAX(b.bank_line_id) AS bank_line_id, ARG_MAX(b.balance_cents, b.bank_line_id) AS balance_cents
  FROM bank_line b JOIN last_days d ON d.bank_account_id = b.bank_account_id AND d.line_date = b.line_date
  GROUP BY b.bank_account_id
), accounts AS (
  SELECT a.village_code, a.set_id, COUNT(*) AS accounts, COUNT(l.bank_line_id) AS known, MAX(d.line_date) AS through,
         CAST(SUM(l.balance_cents) AS BIGINT) AS bank_cents,
         STRING_AGG('bank_line:' || CAST(l.bank_line_id AS VARCHAR), ' ' ORDER BY l.bank_line_id) AS evidence
  FROM bank_account a LEFT JOIN last_ids l ON l.bank_account_id = a.bank_account_id
       LEFT JOIN last_days d ON d.bank_account_id = a.bank_account_id
  WHERE a.registered AND (a.closed_on IS NULL OR a.closed_on > $as_of) AND (a.opened_on IS NULL OR a.opened_on <= $as_of)
  GROUP BY a.village_code, a.set_id
), booked AS (
  SELECT l.set_id, l.voucher_date, l.debit_cents - l.credit_cents AS moved_cents
  FROM voucher_line l
  WHERE l.account = 102 AND l.voucher_date <= $as_of
    AND l.voucher_id NOT IN (SELECT o.voucher_id FROM voucher o WHERE o.kind = 'opening')
), first_rows AS (
  SELECT b.set_id, b.sub, ARG_MIN(b.opening_cents, b.month) AS opening_cents
  FROM account_month b WHERE b.account = 102 GROUP BY b.set_id, b.sub
), began AS (
  SELECT f.set_id, CAST(SUM(f.opening_cents) AS BIGINT) AS opening_cents FROM first_rows f GROUP BY f.set_id
), turned AS (
  SELECT b.set_id, CAST(SUM(b.moved_cents) AS BIGINT) AS moved_cents
  FROM booked b JOIN accounts a ON a.set_id = b.set_id AND b.voucher_date <= a.through GROUP BY b.set_id
), gaps AS (
  SELECT a.village_code, a.set_id, a.through, a.bank_cents, a.evidence,
         COALESCE(b.opening_cents, 0) + COALESCE(t.moved_cents, 0) AS book_cents
  FROM accounts a LEFT JOIN began b ON b.set_id = a.set_id LEFT JOIN turned t ON t.set_id = a.set_id
  WHERE a.known = a.accounts AND COALESCE(b.opening_cents, 0) + COALESCE(t.moved_cents, 0) <> a.bank_cents
), both_sides AS (
  SELECT b.set_id, b.voucher_date AS on_day, b.moved_cents FROM booked b WHERE b.set_id IN (SELECT g.set_id FROM gaps g)
  UNION ALL
  SELECT l.set_id, l.line_date AS on_day, 0 - l.amount_cents AS moved_cents
  FROM bank_line l WHERE l.line_date <= $as_of AND l.set_id IN (SELECT g.set_id FROM gaps g)
), net AS (
  SELECT s.set_id, s.on_day, CAST(SUM(s.moved_cents) AS BIGINT) AS moved_cents
  FROM both_sides s JOIN gaps g ON g.set_id = s.set_id AND s.on_day <= g.through
  GROUP BY s.set_id, s.on_day
), later AS (
  SELECT n.set_id, n.on_day,
         CAST(SUM(n.moved_cents) OVER (PARTITION BY n.set_id ORDER BY n.on_day DESC) AS BIGINT) - n.moved_cents AS after_cents
  FROM net n
), since AS (
  SELECT l.set_id, MIN(l.on_day) AS first_day, MAX(CASE WHEN g.book_cents - g.bank_cents = l.after_cents THEN l.on_day END) AS agreed_on
  FROM later l JOIN gaps g ON g.set_id = l.set_id GROUP BY l.set_id
), aged AS (
  SELECT g.village_code, g.set_id, g.through, g.book_cents, g.bank_cents, g.evidence,
         ABS(g.book_cents - g.bank_cents) AS gap_cents,
         DATE_DIFF('day', COALESCE(s.agreed_on, s.first_day), g.through) AS days
  FROM gaps g JOIN since s ON s.set_id = g.set_id
)
SELECT a.village_code, 'set:' || CAST(a.set_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN a.gap_cents > $red_cents THEN 3 WHEN a.days >= $orange_days THEN 2 ELSE 1 END AS level,
       a.evidence, a.through, a.book_cents, a.bank_cents, a.gap_cents, a.days
FROM aged a
WHERE a.days >= $yellow_days
