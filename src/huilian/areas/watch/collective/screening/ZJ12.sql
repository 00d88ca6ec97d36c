/*
id: ZJ12
names: {zh: 误工补贴异常, en: Allowance for lost work out of the ordinary}
group: ZJ
grain: village
reads: [voucher, voucher_line]
parameters:
  day_cents: {value: 10000, unit: cents, zh: 误工补贴日标准, en: Allowance for a day, origin: default}
  month_cents: {value: 220000, unit: cents, zh: 误工补贴月标准, en: Allowance for a month, origin: default}
  over_percent: {value: 110, unit: percent, zh: 超过月标准的百分之多少督促, en: Share of the monthly standard that is urged, origin: default}
  most_days: {value: 31, unit: days, zh: 一个月最多天数, en: Most days of a month, origin: default}
levels:
  yellow: {zh: 同一人同月领了两次误工补贴, en: One person paid twice in one month}
  orange: {zh: 超过月标准的110%, en: More than 110 per cent of the monthly standard}
  red: {zh: 折合天数超过31天, en: More than 31 days' worth}
basis: []
note: {zh: 标准由县里或乡镇规定，默认值没有上位依据。, en: The standard is the county's or township's own.}
explain:
  zh: "{month:month}{who}领误工补贴{paid_cents:money}，分{vouchers}张凭证，月标准{month_cents:money}。"
  en: "In {month:month} {who} got {paid_cents:money} for lost work in {vouchers} vouchers; the monthly standard is {month_cents:money}."
exclusions:
  zh: 摘要写明一个季度、半年、全年或几个月合并发放的；固定报酬；已冲销的凭证。
  en: Payments for a quarter, a year or several months as the summary says; fixed pay; reversed vouchers.
false_alarms:
  zh: 半天计一次的误工；补发上月。
  en: Half days counted singly; a payment for the month before.
weight: 2
nature: gain
status: active
owner: agriculture
source: warnings ZJ12
*/
WITH lost_days AS (
  SELECT v.voucher_id, v.payee, v.payee_norm, v.payee_key, v.summary FROM voucher v
  WHERE v.kind IN ('payment', 'transfer') AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND CONTAINS(v.summary, '误工')
), named AS (
  SELECT l.village_code, l.set_id, l.voucher_id, l.month, l.debit_cents,
         COALESCE(NULLIF(l.party_key, ''), NULLIF(v.payee_key, ''), NULLIF(l.party, ''), v.payee_norm) AS person,
         COALESCE(NULLIF(l.party, ''), v.payee) AS who
  FROM voucher_line l JOIN lost_days v ON v.voucher_id = l.voucher_id
  WHERE l.sub = 51301 AND l.debit_cents > 0
    AND NOT REGEXP_MATCHES(v.summary, '季度|半年|全年|年度|月至|[0-9]月?[-—至~]+[0-9]+月')
), beyond AS (
  SELECT n.set_id, n.person, n.month FROM named n
  WHERE n.person <> ''
  GROUP BY n.set_id, n.person, n.month
  HAVING MIN(n.voucher_id) <> MAX(n.voucher_id) OR SUM(n.debit_cents) * 100 > $month_cents * $over_percent
)
SELECT n.village_code, 'voucher:' || CAST(MAX(n.voucher_id) AS VARCHAR) AS subject, CAST(MAX(n.month) AS VARCHAR) AS key,
       CASE WHEN SUM(n.debit_cents) > $day_cents * $most_days THEN 3
            WHEN SUM(n.debit_cents) * 100 > $month_cents * $over_percent THEN 2 ELSE 1 END AS level,
       STRING_AGG('voucher:' || CAST(n.voucher_id AS VARCHAR), ' ' ORDER BY n.voucher_id) AS evidence,
       n.month, MIN(n.who) AS who, CAST(SUM(n.debit_cents) AS BIGINT) AS paid_cents, COUNT(DISTINCT n.voucher_id) AS vouchers
FROM named n JOIN beyond b ON b.set_id = n.set_id AND b.person = n.person AND b.month = n.month
GROUP BY n.village_code, n.set_id, n.person, n.month
