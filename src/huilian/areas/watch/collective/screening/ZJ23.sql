/*
id: ZJ23
names: {zh: 一张发票在两个村报销, en: One invoice booked in two villages}
group: ZJ
grain: cross
reads: [voucher, invoice]
levels:
  red: {zh: 同一销售方的同一张发票在两个村入账，合计超过票面, en: "One invoice of one seller in the books of two villages, together above its amount"}
basis: []
note: {zh: 无需设定限额。, en: No threshold is needed.}
explain:
  zh: "{seller}的发票{number}在{villages}个村入账，合计{amount_cents:money}，票面{paper_cents:money}。"
  en: "Invoice {number} of {seller} stands in the books of {villages} villages, {amount_cents:money} together; the paper is for {paper_cents:money}."
exclusions:
  zh: 几个村合买、各付一部分，合计不超过票面的；号码不足8位的；已冲销的凭证。
  en: Villages that bought together and paid their parts of it; numbers of fewer than 8 characters; reversed vouchers.
false_alarms:
  zh: 号码录错一位，正好与别村相同。
  en: A number mistyped so that it equals another village's.
weight: 5
nature: gain
status: active
owner: discipline
source: warnings ZJ08 across villages
*/
WITH twice AS (
  SELECT i.seller_norm, i.number FROM invoice i
  WHERE i.kind = 'invoice' AND i.seller_norm <> '' AND LENGTH(i.number) >= 8
  GROUP BY i.seller_norm, i.number HAVING MIN(i.village_code) <> MAX(i.village_code)
), booked AS (
  SELECT i.seller_norm, i.number, i.village_code, v.voucher_id, MIN(i.seller) AS seller, MAX(i.amount_cents) AS paper_cents,
         MAX(v.total_cents) AS paid_cents
  FROM invoice i JOIN twice t ON t.seller_norm = i.seller_norm AND t.number = i.number
       JOIN voucher v ON v.voucher_id = i.voucher_id
  WHERE i.kind = 'invoice' AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
  GROUP BY i.seller_norm, i.number, i.village_code, v.voucher_id
), summed AS (
  SELECT b.seller_norm, b.number, MIN(b.seller) AS seller, COUNT(DISTINCT b.village_code) AS villages,
         CAST(SUM(b.paid_cents) AS BIGINT) AS amount_cents, MAX(b.paper_cents) AS paper_cents,
         STRING_AGG('voucher:' || CAST(b.voucher_id AS VARCHAR), ' ' ORDER BY b.voucher_id) AS evidence
  FROM booked b GROUP BY b.seller_norm, b.number
  HAVING COUNT(DISTINCT b.village_code) > 1 AND SUM(b.paid_cents) > MAX(b.paper_cents)
)
SELECT b.village_code, 'voucher:' || CAST(MAX(b.voucher_id) AS VARCHAR) AS subject, b.number AS key, 3 AS level,
       MAX(s.evidence) AS evidence, MAX(s.seller) AS seller, b.number, MAX(s.villages) AS villages,
       MAX(s.amount_cents) AS amount_cents, MAX(s.paper_cents) AS paper_cents
FROM booked b JOIN summed s ON s.seller_norm = b.seller_norm AND s.number = b.number
GROUP BY b.village_code, b.seller_norm, b.number
