/*
id: ZJ03
names: {zh: 坐收坐支, en: Cash income not taken to the bank}
group: ZJ
grain: village
reads: [voucher, voucher_line]
parameters:
  least_cents: {value: 10000, unit: cents, zh: 不计较的小额现金收入, en: Cash income too small to mind, origin: default}
  yellow_days: {value: 3, unit: days, zh: 几天没存提醒, en: Days unbanked that are noticed, origin: default}
  orange_days: {value: 7, unit: days, zh: 几天没存督促, en: Days unbanked that are urged, origin: default}
  repeated: {value: 3, unit: times, zh: 一年内第几次督办, en: Which time within a year is supervised, origin: default}
levels:
  yellow: {zh: 现金收入3天没有存进银行, en: Cash income not banked within 3 days}
  orange: {zh: 7天没有存进银行, en: Not banked within 7 days}
  red: {zh: 一年内第3次7天没有存进银行, en: The third time within a year not banked within 7 days}
basis: []
note: {zh: 不得坐支为财务制度通行要求；7天为各县常用期限，县里可改。, en: That income is banked is a general rule; 7 days is what counties commonly allow and may be changed.}
explain:
  zh: 凭证{number}于{voucher_date}收现金{cash_cents:money}，{orange_days}天内存进银行{banked_cents:money}，同期用现金支出{spent_cents:money}。
  en: Voucher {number} took in {cash_cents:money} in cash on {voucher_date}; within {orange_days} days {banked_cents:money} was banked and {spent_cents:money} was spent in cash.
exclusions:
  zh: 几笔收入合并存入的；100元以下的；已冲销的凭证。
  en: Several receipts banked together; less than 100 yuan; reversed vouchers.
false_alarms:
  zh: 存款凭证还没有录入；节假日银行不营业。
  en: The deposit is not entered yet; the bank was shut for a holiday.
weight: 3
nature: form
status: active
owner: agriculture
source: warnings ZJ03, F03, F04
*/
WITH cash AS (
  SELECT l.village_code, l.set_id, l.voucher_id, l.voucher_date,
         CAST(SUM(l.debit_cents - l.credit_cents) AS BIGINT) AS cash_cents
  FROM voucher_line l
  WHERE l.account = 101 AND l.voucher_date <= $as_of
  GROUP BY l.village_code, l.set_id, l.voucher_id, l.voucher_date
), valid AS (
  SELECT c.village_code, c.set_id, c.voucher_id, c.voucher_date, c.cash_cents, v.number
  FROM cash c JOIN voucher v ON v.voucher_id = c.voucher_id
  WHERE NOT v.is_reversed AND v.reverses_id IS NULL AND v.kind IN ('receipt', 'payment')
), bank AS (
  SELECT l.voucher_id, CAST(SUM(l.debit_cents - l.credit_cents) AS BIGINT) AS bank_cents
  FROM voucher_line l
  WHERE l.account = 102 AND l.voucher_id IN (SELECT v.voucher_id FROM valid v)
  GROUP BY l.voucher_id
), moves AS (
  SELECT v.village_code, v.set_id, v.voucher_id, v.voucher_date, v.cash_cents, v.number, COALESCE(b.bank_cents, 0) AS bank_cents
  FROM valid v LEFT JOIN bank b ON b.voucher_id = v.voucher_id
), followed AS (
  SELECT i.village_code, i.set_id, i.voucher_id, i.voucher_date, i.cash_cents, i.number, 0 - o.cash_cents AS out_cents,
         o.bank_cents > 0 AS banked, DATE_DIFF('day', i.voucher_date, o.voucher_date) AS days
  FROM moves i LEFT JOIN moves o ON o.set_id = i.set_id AND o.cash_cents < 0 AND o.voucher_date >= i.voucher_date
  WHERE i.cash_cents >= $least_cents AND i.bank_cents = 0
), judged AS (
  SELECT f.village_code, f.set_id, f.voucher_id, f.voucher_date, f.cash_cents, f.number,
         CAST(SUM(CASE WHEN f.banked AND f.days <= $yellow_days THEN f.out_cents ELSE 0 END) AS BIGINT) AS soon_cents,
         CAST(SUM(CASE WHEN f.banked AND f.days <= $orange_days THEN f.out_cents ELSE 0 END) AS BIGINT) AS banked_cents,
         CAST(SUM(CASE WHEN NOT f.banked AND f.days <= $orange_days THEN f.out_cents ELSE 0 END) AS BIGINT) AS spent_cents
  FROM followed f
  GROUP BY f.village_code, f.set_id, f.voucher_id, f.voucher_date, f.cash_cents, f.number
), late AS (
  SELECT j.village_code, j.set_id, j.voucher_id, j.voucher_date, j.cash_cents, j.number, j.banked_cents, j.spent_cents,
         CASE WHEN j.banked_cents < j.cash_cents AND DATE_DIFF('day', j.voucher_date, $as_of) > $orange_days THEN 2
              WHEN j.soon_cents < j.cash_cents AND DATE_DIFF('day', j.voucher_date, $as_of) > $yellow_days THEN 1
              ELSE 0 END AS step
  FROM judged j
), counted AS (
  SELECT l.village_code, l.voucher_id, l.voucher_date, l.cash_cents, l.number, l.banked_cents, l.spent_cents, l.step,
         CAST(SUM(CASE WHEN l.step = 2 THEN 1 ELSE 0 END) OVER (
           PARTITION BY l.set_id ORDER BY l.voucher_date RANGE BETWEEN INTERVAL 365 DAY PRECEDING AND CURRENT ROW
         ) AS BIGINT) AS times
  FROM late l WHERE l.step > 0
)
SELECT c.village_code, 'voucher:' || CAST(c.voucher_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN c.step = 2 AND c.times >= $repeated THEN 3 ELSE c.step END AS level,
       'voucher:' || CAST(c.voucher_id AS VARCHAR) AS evidence,
       c.number, c.voucher_date, c.cash_cents, c.banked_cents, c.spent_cents
FROM counted c
