/*
id: ZJ22
names: {zh: 同额短期往返, en: The same sum out and back}
group: ZJ
grain: village
reads: [bank_line, bank_account]
parameters:
  least_cents: {value: 500000, unit: cents, zh: 不计较的金额, en: Sums too small to mind, origin: default}
  within_days: {value: 5, unit: days, zh: 几天之内往返, en: Days within which it returns, origin: default}
  repeated: {value: 2, unit: times, zh: 一年内几次督办, en: Times within a year that are supervised, origin: default}
levels:
  yellow: {zh: 同一对方同一金额几天内一出一进, en: The same sum to and from one party within days}
  orange: {zh: 跨月末的往返, en: Across the end of a month}
  red: {zh: 一年内两次跨月末往返, en: Twice within a year across the end of a month}
basis: []
note: {zh: 天数和金额为默认值，县里可改。, en: Days and amount are defaults; a county may change them.}
explain:
  zh: "{first_on}与{second_on}同{counter}一出一进{amount_cents:money}，相隔{days}天。"
  en: "{amount_cents:money} went to and came from {counter} on {first_on} and {second_on}, {days} days apart."
exclusions:
  zh: 保证金、押金退还，退汇、冲正；本组织账户之间；5000元以下。
  en: Deposits returned, corrections of the bank; transfers between own accounts; less than 5000 yuan.
false_alarms:
  zh: 付错款后退回。
  en: A payment made in error and returned.
weight: 3
nature: gain
status: active
owner: discipline
source: warnings ZJ22
*/
WITH large AS (
  SELECT b.village_code, b.set_id, b.bank_line_id, b.line_date, b.amount_cents, ABS(b.amount_cents) AS sum_cents,
         b.counter_name, b.counter_norm
  FROM bank_line b
  WHERE ABS(b.amount_cents) >= $least_cents AND b.line_date <= $as_of AND b.counter_norm <> ''
    AND NOT REGEXP_MATCHES(b.summary, '保证金|押金|退汇|冲正|退款|误转')
    AND NOT EXISTS (SELECT 1 FROM bank_account a WHERE a.village_code = b.village_code AND a.number = b.counter_account)
), both_ways AS (
  SELECT l.set_id, l.sum_cents, l.counter_norm FROM large l
  GROUP BY l.set_id, l.sum_cents, l.counter_norm HAVING MIN(l.amount_cents) < 0 AND MAX(l.amount_cents) > 0
), candidates AS (
  SELECT l.village_code, l.set_id, l.bank_line_id, l.line_date, l.amount_cents, l.sum_cents, l.counter_name, l.counter_norm
  FROM large l JOIN both_ways w ON w.set_id = l.set_id AND w.sum_cents = l.sum_cents AND w.counter_norm = l.counter_norm
), ordered AS (
  SELECT c.village_code, c.set_id, c.bank_line_id, c.line_date, c.amount_cents, c.sum_cents, c.counter_name,
         LAG(c.bank_line_id) OVER (PARTITION BY c.set_id, c.sum_cents, c.counter_norm ORDER BY c.line_date, c.bank_line_id) AS before_id,
         LAG(c.line_date) OVER (PARTITION BY c.set_id, c.sum_cents, c.counter_norm ORDER BY c.line_date, c.bank_line_id) AS before_on,
         LAG(c.amount_cents) OVER (PARTITION BY c.set_id, c.sum_cents, c.counter_norm ORDER BY c.line_date, c.bank_line_id) AS before_cents
  FROM candidates c
), pairs AS (
  SELECT o.village_code, o.set_id, o.before_id, o.bank_line_id, o.before_on, o.line_date, o.sum_cents, o.counter_name,
         CASE WHEN o.line_date > LAST_DAY(o.before_on) THEN 1 ELSE 0 END AS crossing
  FROM ordered o
  WHERE o.before_id IS NOT NULL AND o.before_cents = 0 - o.amount_cents
    AND DATE_DIFF('day', o.before_on, o.line_date) <= $within_days
), counted AS (
  SELECT p.village_code, p.before_id, p.bank_line_id, p.before_on, p.line_date, p.sum_cents, p.counter_name, p.crossing,
         CAST(SUM(p.crossing) OVER (
           PARTITION BY p.set_id ORDER BY p.line_date RANGE BETWEEN INTERVAL 365 DAY PRECEDING AND CURRENT ROW) AS BIGINT) AS times
  FROM pairs p
)
SELECT c.village_code, 'bank_line:' || CAST(c.before_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN c.crossing = 1 AND c.times >= $repeated THEN 3 WHEN c.crossing = 1 THEN 2 ELSE 1 END AS level,
       'bank_line:' || CAST(c.before_id AS VARCHAR) || ' bank_line:' || CAST(c.bank_line_id AS VARCHAR) AS evidence,
       c.before_on AS first_on, c.line_date AS second_on, c.counter_name AS counter, c.sum_cents AS amount_cents,
       DATE_DIFF('day', c.before_on, c.line_date) AS days
FROM counted c
