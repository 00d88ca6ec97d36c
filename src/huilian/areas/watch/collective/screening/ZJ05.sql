/*
id: ZJ05
names: {zh: 公款转给干部或关系人, en: Collective money to an official or somebody close}
group: ZJ
grain: village
reads: [voucher, voucher_line, bank_line, cadre, kin]
parameters:
  red_cents: {value: 1000000, unit: cents, zh: 督办金额, en: Amount that is supervised, origin: default}
levels:
  yellow: {zh: 收款人与任职人员或其申报的关系人同名，身份没有核对, en: "The payee has the name of an official or of somebody close, identity not confirmed"}
  orange: {zh: 身份核对一致, en: Identity confirmed}
  red: {zh: 身份核对一致，且达到1万元，或者没有凭证, en: "Identity confirmed, and 10000 yuan or more, or no voucher behind it"}
basis: []
note: {zh: 集体资金不得进个人账户为通行要求，条文由县里核填。, en: Collective money belongs in no private account; the article is for the county to fill in.}
explain:
  zh: "{paid_on}付给{payee}{amount_cents:money}，收款人是任职人员本人或与其有申报关系（{sure_zh}），{paper_zh}。"
  en: "{amount_cents:money} went to {payee} on {paid_on}, who is an official of the village or close to one ({sure_en}); {paper_en}."
exclusions:
  zh: 工资、劳务费、干部报酬、成员分红；干部本人凭发票或签领表报销；任职前后的付款；已冲销的凭证。
  en: Wages, allowances and distributions; an official's own refunds against invoice or list; payments before or after the time in office; reversed vouchers.
false_alarms:
  zh: 同名的人；归还干部垫付款；公开竞得的亲属企业。
  en: Another person of the same name; money an official had advanced; a relative's firm that won in the open.
weight: 5
nature: gain
status: active
owner: discipline
source: warnings ZJ05, F10
*/
WITH close_to AS (
  SELECT c.village_code, c.person_key AS close_key, c.name_norm AS close_norm, c.starts_on,
         COALESCE(c.ends_on, $as_of) AS ends_on, 1 AS own
  FROM cadre c
  UNION ALL
  SELECT k.village_code, k.relative_key AS close_key, k.relative_norm AS close_norm, c.starts_on,
         COALESCE(c.ends_on, $as_of) AS ends_on, 0 AS own
  FROM kin k JOIN cadre c ON c.person_id = k.person_id AND c.village_code = k.village_code
), paid AS (
  SELECT b.village_code, 'bank_line:' || CAST(b.bank_line_id AS VARCHAR) AS subject, b.line_date AS paid_on,
         0 - b.amount_cents AS amount_cents, b.counter_name AS payee, b.counter_norm AS payee_norm,
         b.counter_key AS payee_key, b.voucher_id
  FROM bank_line b
  WHERE b.amount_cents < 0 AND b.line_date <= $as_of AND b.counter_norm <> ''
    AND (b.counter_norm IN (SELECT c.close_norm FROM close_to c)
         OR b.counter_key IN (SELECT c.close_key FROM close_to c WHERE c.close_key <> ''))
  UNION ALL
  SELECT v.village_code, 'voucher:' || CAST(v.voucher_id AS VARCHAR) AS subject, v.voucher_date AS paid_on,
         v.total_cents AS amount_cents, v.payee, v.payee_norm, v.payee_key, v.voucher_id
  FROM voucher v
  WHERE v.kind = 'payment' AND (v.method = 'cash' OR v.payee_key <> '') AND v.voucher_date <= $as_of AND v.payee_norm <> ''
    AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND (v.payee_norm IN (SELECT c.close_norm FROM close_to c)
         OR v.payee_key IN (SELECT c.close_key FROM close_to c WHERE c.close_key <> ''))
), met AS (
  SELECT p.subject, c.own, 1 AS sure
  FROM paid p JOIN close_to c ON c.village_code = p.village_code AND c.close_key = p.payee_key
  WHERE p.payee_key <> '' AND p.paid_on BETWEEN c.starts_on AND c.ends_on
  UNION ALL
  SELECT p.subject, c.own, 0 AS sure
  FROM paid p JOIN close_to c ON c.village_code = p.village_code AND c.close_norm = p.payee_norm
  WHERE (p.payee_key = '' OR c.close_key = '') AND p.paid_on BETWEEN c.starts_on AND c.ends_on
), one AS (
  SELECT m.subject, MAX(m.own) AS own, MAX(m.sure) AS sure FROM met m GROUP BY m.subject
), own_hits AS (
  SELECT p.village_code, p.subject, p.paid_on, p.amount_cents, p.payee, p.voucher_id, o.own, o.sure
  FROM paid p JOIN one o ON o.subject = p.subject
), hit AS (
  SELECT h.village_code, h.subject, h.paid_on, h.amount_cents, h.payee, h.voucher_id, h.own, h.sure
  FROM own_hits h
  WHERE STARTS_WITH(h.subject, 'voucher:') OR h.voucher_id IS NULL
     OR h.voucher_id NOT IN (SELECT o.voucher_id FROM own_hits o WHERE STARTS_WITH(o.subject, 'voucher:'))
), lawful AS (
  SELECT l.voucher_id FROM voucher_line l
  WHERE l.voucher_id IN (SELECT h.voucher_id FROM hit h WHERE h.voucher_id IS NOT NULL)
    AND (l.account IN (113, 212, 213) OR l.sub = 51301) AND l.debit_cents > 0
  GROUP BY l.voucher_id
)
SELECT h.village_code, h.subject, '' AS key,
       CASE WHEN h.sure = 0 THEN 1 WHEN h.voucher_id IS NULL OR h.amount_cents >= $red_cents THEN 3 ELSE 2 END AS level,
       h.subject AS evidence, h.paid_on, h.payee, h.amount_cents,
       CASE WHEN h.sure = 1 THEN '证件号码一致' ELSE '仅姓名相同' END AS sure_zh,
       CASE WHEN h.sure = 1 THEN 'identity confirmed' ELSE 'same name only' END AS sure_en,
       CASE WHEN h.voucher_id IS NULL THEN '账上没有对应凭证' ELSE '账上记有凭证' END AS paper_zh,
       CASE WHEN h.voucher_id IS NULL THEN 'no voucher stands behind it' ELSE 'a voucher stands behind it' END AS paper_en
FROM hit h LEFT JOIN voucher v ON v.voucher_id = h.voucher_id LEFT JOIN lawful w ON w.voucher_id = h.voucher_id
WHERE w.voucher_id IS NULL AND NOT (h.own = 1 AND COALESCE(v.invoice_kind, '') IN ('invoice', 'list'))
