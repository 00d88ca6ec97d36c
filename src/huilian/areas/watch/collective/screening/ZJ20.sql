/*
id: ZJ20
names: {zh: 年末突击支出, en: Year-end rush of spending}
group: ZJ
grain: village
reads: [voucher]
parameters:
  least_cents: {value: 2000000, unit: cents, zh: 12月支出至少, en: Least spending of December, origin: default}
  yellow_times: {value: 2, unit: times, zh: 平常的几倍提醒, en: Times the usual share that are noticed, origin: default}
  orange_times: {value: 4, unit: times, zh: 平常的几倍督促, en: Times the usual share that are urged, origin: default}
levels:
  yellow: {zh: 12月支出占比超过平常的2倍, en: December's share more than twice the usual}
  orange: {zh: 超过4倍, en: More than four times}
basis: []
note: {zh: 倍数为默认值；只提示核对，不作为问题认定。, en: "The multiples are defaults; a prompt to look, not a finding of guilt."}
explain:
  zh: "{in_year}年12月付款{december_cents:money}，占全年的千分之{share_permille}，平常为千分之{usual_permille}。"
  en: "December {in_year} paid {december_cents:money}, {share_permille} per thousand of the year; the usual is {usual_permille}."
exclusions:
  zh: 专项资金支出；12月支出不到2万元的；不足6个月或没有过完的年度。没有往年的，按有支出的月份平均计。
  en: Earmarked money; Decembers below 20000 yuan; years of fewer than 6 months or not ended. Without an earlier year every month counts alike.
false_alarms:
  zh: 年底集中结算工程款、分红。
  en: Works and distributions settled at the year's end.
weight: 1
nature: form
status: active
owner: agriculture
source: warnings ZJ20
*/
WITH years AS (
  SELECT v.village_code, v.set_id, v.month // 100 AS in_year, COUNT(DISTINCT v.month) AS months,
         CAST(SUM(v.total_cents) AS BIGINT) AS year_cents,
         CAST(SUM(CASE WHEN v.month % 100 = 12 THEN v.total_cents ELSE 0 END) AS BIGINT) AS december_cents,
         MAX(CASE WHEN v.month % 100 = 12 THEN v.voucher_id END) AS voucher_id
  FROM voucher v
  WHERE v.kind = 'payment' AND v.fund = '' AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
  GROUP BY v.village_code, v.set_id, v.month // 100
), shares AS (
  SELECT y.village_code, y.set_id, y.in_year, y.months, y.december_cents, y.voucher_id,
         y.december_cents * 1000 // NULLIF(y.year_cents, 0) AS share_permille
  FROM years y WHERE y.year_cents > 0 AND y.in_year < EXTRACT(YEAR FROM $as_of)
), compared AS (
  SELECT s.village_code, s.set_id, s.in_year, s.december_cents, s.voucher_id, s.share_permille,
         COALESCE(CAST(SUM(p.share_permille) AS BIGINT) // NULLIF(COUNT(p.share_permille), 0), 1000 // NULLIF(s.months, 0)) AS usual_permille
  FROM shares s LEFT JOIN shares p ON p.set_id = s.set_id AND p.in_year < s.in_year AND p.in_year >= s.in_year - 3 AND p.months >= 6
  WHERE s.december_cents >= $least_cents AND s.months >= 6
  GROUP BY s.village_code, s.set_id, s.in_year, s.december_cents, s.voucher_id, s.share_permille, s.months
)
SELECT c.village_code, 'set:' || CAST(c.set_id AS VARCHAR) AS subject, CAST(c.in_year AS VARCHAR) AS key,
       CASE WHEN c.share_permille > $orange_times * GREATEST(c.usual_permille, 10) THEN 2 ELSE 1 END AS level,
       'voucher:' || CAST(c.voucher_id AS VARCHAR) AS evidence, c.in_year, c.december_cents, c.share_permille, c.usual_permille
FROM compared c
WHERE c.share_permille > $yellow_times * GREATEST(c.usual_permille, 10)
