/*
id: CX16
names: {zh: 公开数与账不一致, en: Published total differs from the books}
group: CX
grain: village
reads: [disclosure, voucher, voucher_line]
nature: gain
parameters:
  window_days: {value: 400, unit: days, zh: 看多少天以内应公开的月份, en: Months whose publication fell due within so many days, origin: default}
levels:
  orange: {zh: 公开的支出合计与账上该月支出不相等, en: Published spending is not that of the books for the month}
basis: [{law: 农村集体经济组织财务公开规定, version: 农经发〔2011〕13号, article: ""}]
note: {zh: 公开内容应当真实；条文序号请以正式文本为准。, en: What is published must be true; check the article against the official text.}
explain:
  zh: "{period}公开的支出合计{published_cents:money}，账上该月支出{booked_cents:money}，相差{gap_cents:money}。"
  en: "Published spending of {period} is {published_cents:money}, the books say {booked_cents:money}: a difference of {gap_cents:money}."
exclusions:
  zh: 只比已经公开、没有撤下的逐月收支；不动用现金和银行存款的转账凭证不算支出。
  en: Compared are monthly statements that are up; transfer vouchers, which move neither cash nor bank money, are no spending.
false_alarms:
  zh: 公开以后同月又补记凭证，更正版本还没有发布。
  en: Vouchers were posted to the month after publication and the corrected version is still to come.
weight: 4
status: active
owner: agriculture
source: P02
*/
WITH shown AS (
  SELECT village_code, disclosure_id, period, total_cents AS published_cents
  FROM disclosure
  WHERE kind = 'finance.monthly' AND published_on IS NOT NULL AND withdrawn_on IS NULL
    AND DATE_DIFF('day', due_on, $as_of) <= $window_days
),
moved AS (
  SELECT village_code, month, CAST(SUM(total_cents) AS BIGINT) AS cents, MIN(voucher_id) AS first_id, MAX(voucher_id) AS last_id
  FROM voucher
  WHERE kind IN ('receipt', 'payment') AND DATE_DIFF('day', voucher_date, $as_of) <= $window_days + 62
  GROUP BY village_code, month
),
received AS (
  SELECT village_code, month, CAST(SUM(debit_cents) AS BIGINT) AS cents
  FROM voucher_line
  WHERE account IN (101, 102) AND debit_cents <> 0 AND DATE_DIFF('day', voucher_date, $as_of) <= $window_days + 62
    AND voucher_id NOT IN (SELECT voucher_id FROM voucher WHERE kind NOT IN ('receipt', 'payment'))
  GROUP BY village_code, month
),
booked AS (
  SELECT m.village_code, m.cents - COALESCE(r.cents, 0) AS booked_cents, m.first_id, m.last_id,
         SUBSTR(CAST(m.month AS VARCHAR), 1, 4) || '-' || SUBSTR(CAST(m.month AS VARCHAR), 5, 2) AS period
  FROM moved m LEFT JOIN received r ON r.village_code = m.village_code AND r.month = m.month
)
SELECT s.village_code, 'disclosure:' || CAST(s.disclosure_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'disclosure:' || CAST(s.disclosure_id AS VARCHAR)
         || CASE WHEN b.first_id IS NULL THEN '' ELSE ' voucher:' || CAST(b.first_id AS VARCHAR) END
         || CASE WHEN b.last_id IS NULL OR b.last_id = b.first_id THEN '' ELSE ' voucher:' || CAST(b.last_id AS VARCHAR) END
         AS evidence,
       s.period, s.published_cents, COALESCE(b.booked_cents, 0) AS booked_cents,
       s.published_cents - COALESCE(b.booked_cents, 0) AS gap_cents
FROM shown s LEFT JOIN booked b ON b.village_code = s.village_code AND b.period = s.period
WHERE s.published_cents <> COALESCE(b.booked_cents, 0)
