/*
id: ZJ06
names: {zh: 白条入账, en: No valid paper behind a payment}
group: ZJ
grain: village
reads: [voucher, voucher_line]
parameters:
  yellow_cents: {value: 50000, unit: cents, zh: 单笔提醒金额, en: One payment that is noticed, origin: default}
  orange_cents: {value: 500000, unit: cents, zh: 单笔督促金额, en: One payment that is urged, origin: default}
  red_percent: {value: 20, unit: percent, zh: 白条占全年付款的比例督办线, en: Share of the year's payments that is supervised, origin: default}
  red_count: {value: 5, unit: vouchers, zh: 计算比例的最少张数, en: Fewest vouchers for the share to count, origin: default}
levels:
  yellow: {zh: 单笔超过500元没有合格票据, en: Over 500 yuan without a valid paper}
  orange: {zh: 单笔超过5000元, en: Over 5000 yuan}
  red: {zh: 全年白条超过付款总额的20%, en: More than 20 per cent of the year's payments}
basis: []
note: {zh: 金额和比例为默认值，县里可改。, en: Amounts and share are defaults; a county may change them.}
explain:
  zh: "{what_zh}{amount_cents:money}没有发票、财政票据或签领表，{more_zh}。"
  en: "{what_en} {amount_cents:money} has no invoice, receipt or signed list behind it; {more_en}."
exclusions:
  zh: 工资、劳务费、干部报酬、往来款、银行手续费、转存；500元以下的零星支出；已冲销的凭证。
  en: Wages, allowances, settlements, bank charges, transfers; small payments up to 500 yuan; reversed vouchers.
false_alarms:
  zh: 规定允许用收据的农户劳务；票据已取得还没有录入。
  en: Farmers' labour for which rules allow a receipt; a paper that is there and not yet entered.
weight: 2
nature: form
status: active
owner: agriculture
source: warnings ZJ06
*/
WITH bare AS (
  SELECT v.voucher_id, v.village_code, v.set_id, v.voucher_date, v.number
  FROM voucher v
  WHERE v.kind = 'payment' AND v.invoice_kind IN ('none', '') AND v.total_cents > $yellow_cents
    AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND NOT REGEXP_MATCHES(v.summary, '手续费|工本费|短信费|利息')
), spent AS (
  SELECT l.voucher_id, CAST(SUM(l.debit_cents) AS BIGINT) AS amount_cents
  FROM voucher_line l
  WHERE l.account IN (121, 131, 132, 134, 151, 153, 161, 171, 401, 511, 513, 514, 515) AND l.sub <> 51301
    AND l.debit_cents > 0 AND l.voucher_id IN (SELECT b.voucher_id FROM bare b)
  GROUP BY l.voucher_id HAVING SUM(l.debit_cents) > $yellow_cents
), papers AS (
  SELECT b.village_code, b.set_id, b.voucher_id, b.number, s.amount_cents,
         EXTRACT(YEAR FROM b.voucher_date) AS in_year
  FROM bare b JOIN spent s ON s.voucher_id = b.voucher_id
), years AS (
  SELECT p.village_code, p.set_id, p.in_year, COUNT(*) AS vouchers, CAST(SUM(p.amount_cents) AS BIGINT) AS amount_cents,
         MIN(p.voucher_id) AS first_id, MAX(p.voucher_id) AS last_id
  FROM papers p GROUP BY p.village_code, p.set_id, p.in_year HAVING COUNT(*) >= $red_count
), paid AS (
  SELECT v.set_id, EXTRACT(YEAR FROM v.voucher_date) AS in_year, CAST(SUM(v.total_cents) AS BIGINT) AS total_cents
  FROM voucher v
  WHERE v.kind = 'payment' AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND v.set_id IN (SELECT y.set_id FROM years y)
  GROUP BY v.set_id, EXTRACT(YEAR FROM v.voucher_date)
), found AS (
  SELECT p.village_code, 'voucher:' || CAST(p.voucher_id AS VARCHAR) AS subject, '' AS key,
         CASE WHEN p.amount_cents > $orange_cents THEN 2 ELSE 1 END AS level,
         'voucher:' || CAST(p.voucher_id AS VARCHAR) AS evidence, p.amount_cents,
         '凭证' || p.number || '支出的' AS what_zh, 'The expense of voucher ' || p.number || ' of' AS what_en,
         '超过零星支出的限额' AS more_zh, 'that is more than small expenses may be' AS more_en
  FROM papers p
  UNION ALL
  SELECT y.village_code, 'set:' || CAST(y.set_id AS VARCHAR) AS subject, CAST(y.in_year AS VARCHAR) AS key, 3 AS level,
         'voucher:' || CAST(y.first_id AS VARCHAR) || ' voucher:' || CAST(y.last_id AS VARCHAR) AS evidence,
         y.amount_cents, CAST(y.in_year AS VARCHAR) || '年共有' AS what_zh,
         'In ' || CAST(y.in_year AS VARCHAR) || ' altogether' AS what_en,
         CAST(y.vouchers AS VARCHAR) || '张凭证，占付款总额的'
           || CAST(y.amount_cents * 100 // NULLIF(t.total_cents, 0) AS VARCHAR) || '%' AS more_zh,
         CAST(y.vouchers AS VARCHAR) || ' vouchers, '
           || CAST(y.amount_cents * 100 // NULLIF(t.total_cents, 0) AS VARCHAR) || ' per cent of all payments' AS more_en
  FROM years y JOIN paid t ON t.set_id = y.set_id AND t.in_year = y.in_year
  WHERE y.amount_cents * 100 > t.total_cents * $red_percent
)
SELECT f.village_code, f.subject, f.key, f.level, f.evidence, f.amount_cents, f.what_zh, f.what_en, f.more_zh, f.more_en
FROM found f
