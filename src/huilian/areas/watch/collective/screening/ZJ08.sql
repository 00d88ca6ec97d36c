/*
id: ZJ08
names: {zh: 发票连号重号, en: Serial or duplicate invoices}
group: ZJ
grain: village
reads: [voucher, invoice]
parameters:
  serial_count: {value: 3, unit: invoices, zh: 连号几张督促, en: Consecutive invoices that are urged, origin: default}
  serial_days: {value: 7, unit: days, zh: 连号发票至少跨多少天, en: Days that consecutive invoices must span, origin: default}
levels:
  orange: {zh: 同一销售方的发票跨多日仍然连号, en: Consecutive invoices of one seller over several days}
  red: {zh: 同一张发票入账两次, en: One invoice booked twice}
basis: []
note: {zh: 天数和张数为默认值，县里可改。, en: Days and count are defaults; a county may change them.}
explain:
  zh: "{seller}的发票{number}{what_zh}，涉及{vouchers}张凭证、{amount_cents:money}。"
  en: "Invoice {number} of {seller}: {what_en}; {vouchers} vouchers, {amount_cents:money}."
exclusions:
  zh: 一张发票分期付款、合计不超过票面的；水电通信等公共服务企业的连号；已冲销的凭证。
  en: One invoice paid in parts that do not exceed it; consecutive invoices of public utilities; reversed vouchers.
false_alarms:
  zh: 小店的一本发票只开给本村。
  en: A small shop whose book of invoices serves this village alone.
weight: 4
nature: gain
status: active
owner: agriculture
source: warnings ZJ08
*/
WITH same_thousand AS (
  SELECT i.village_code, LEFT(i.number, LENGTH(i.number) - 3) AS beginning FROM invoice i
  WHERE i.kind = 'invoice' AND LENGTH(i.number) >= 6
  GROUP BY i.village_code, LEFT(i.number, LENGTH(i.number) - 3) HAVING COUNT(*) > 1
), suspect AS (
  SELECT i.village_code, i.seller_norm, i.number, i.voucher_id, i.seller, i.invoice_date, i.amount_cents
  FROM invoice i JOIN same_thousand s ON s.village_code = i.village_code AND s.beginning = LEFT(i.number, LENGTH(i.number) - 3)
  WHERE i.kind = 'invoice' AND LENGTH(i.number) >= 6
), twice AS (
  SELECT i.village_code, i.seller_norm, i.number FROM suspect i
  GROUP BY i.village_code, i.seller_norm, i.number HAVING MIN(i.voucher_id) <> MAX(i.voucher_id)
), doubled AS (
  SELECT i.village_code, i.seller_norm, i.number, i.voucher_id, MIN(i.seller) AS seller, MAX(i.amount_cents) AS paper_cents,
         MAX(v.total_cents) AS paid_cents
  FROM suspect i JOIN twice t ON t.village_code = i.village_code AND t.seller_norm = i.seller_norm AND t.number = i.number
       JOIN voucher v ON v.voucher_id = i.voucher_id
  WHERE NOT v.is_reversed AND v.reverses_id IS NULL AND v.voucher_date <= $as_of
  GROUP BY i.village_code, i.seller_norm, i.number, i.voucher_id
), duplicates AS (
  SELECT d.village_code, 'voucher:' || CAST(MAX(d.voucher_id) AS VARCHAR) AS subject, d.number AS key, 3 AS level,
         STRING_AGG('voucher:' || CAST(d.voucher_id AS VARCHAR), ' ' ORDER BY d.voucher_id) AS evidence,
         MIN(d.seller) AS seller, d.number, COUNT(*) AS vouchers, CAST(SUM(d.paid_cents) AS BIGINT) AS amount_cents,
         '重复入账' AS what_zh, 'booked more than once' AS what_en
  FROM doubled d
  GROUP BY d.village_code, d.seller_norm, d.number
  HAVING COUNT(*) > 1 AND SUM(d.paid_cents) > MAX(d.paper_cents)
), numbered AS (
  SELECT i.village_code, i.seller_norm, LEFT(i.number, LENGTH(i.number) - 8) AS head,
         TRY_CAST(RIGHT(i.number, 8) AS BIGINT) AS tail, i.number, i.voucher_id, i.seller, i.invoice_date, i.amount_cents
  FROM suspect i
  WHERE LENGTH(i.number) >= 8 AND i.seller_norm <> '' AND i.invoice_date <= $as_of
), near_numbers AS (
  SELECT n.village_code, n.seller_norm, n.head, n.tail // 1000 AS block FROM numbered n
  WHERE n.tail IS NOT NULL
  GROUP BY n.village_code, n.seller_norm, n.head, n.tail // 1000 HAVING COUNT(*) >= $serial_count
), tails AS (
  SELECT n.village_code, n.seller_norm, n.head, n.tail, MIN(n.number) AS number, MIN(n.voucher_id) AS voucher_id,
         MIN(n.seller) AS seller, MIN(n.invoice_date) AS invoice_date, MAX(n.amount_cents) AS amount_cents
  FROM numbered n JOIN near_numbers b ON b.village_code = n.village_code AND b.seller_norm = n.seller_norm
       AND b.head = n.head AND b.block = n.tail // 1000
  WHERE NOT REGEXP_MATCHES(n.seller_norm, '电力|供电|自来水|供水|燃气|电信|移动|联通|邮政')
  GROUP BY n.village_code, n.seller_norm, n.head, n.tail
), islands AS (
  SELECT t.village_code, t.seller_norm, t.head, t.tail, t.number, t.voucher_id, t.seller, t.invoice_date, t.amount_cents,
         t.tail - ROW_NUMBER() OVER (PARTITION BY t.village_code, t.seller_norm, t.head ORDER BY t.tail) AS island
  FROM tails t
), runs AS (
  SELECT i.village_code, i.seller_norm, i.head, i.island, MIN(i.number) AS number, MIN(i.seller) AS seller,
         COUNT(*) AS papers, COUNT(DISTINCT i.voucher_id) AS vouchers, MIN(i.voucher_id) AS first_id,
         MAX(i.voucher_id) AS last_id, CAST(SUM(i.amount_cents) AS BIGINT) AS amount_cents
  FROM islands i
  GROUP BY i.village_code, i.seller_norm, i.head, i.island
  HAVING COUNT(*) >= $serial_count AND COUNT(DISTINCT i.voucher_id) > 1
     AND DATE_DIFF('day', MIN(i.invoice_date), MAX(i.invoice_date)) >= $serial_days
), found AS (
  SELECT d.village_code, d.subject, d.key, d.level, d.evidence, d.seller, d.number, d.vouchers, d.amount_cents,
         d.what_zh, d.what_en
  FROM duplicates d
  UNION ALL
  SELECT r.village_code, 'voucher:' || CAST(r.first_id AS VARCHAR) AS subject,
         r.number AS key, 2 AS level,
         'voucher:' || CAST(r.first_id AS VARCHAR) || ' voucher:' || CAST(r.last_id AS VARCHAR) AS evidence,
         r.seller, r.number, r.vouchers, r.amount_cents,
         '起' || CAST(r.papers AS VARCHAR) || '张连号' AS what_zh,
         'the first of ' || CAST(r.papers AS VARCHAR) || ' consecutive ones' AS what_en
  FROM runs r
)
SELECT f.village_code, f.subject, f.key, f.level, f.evidence, f.seller, f.number, f.vouchers, f.amount_cents, f.what_zh,
       f.what_en
FROM found f
