/*
id: ZJ09
names: {zh: 招待费和报刊费, en: Hospitality and newspapers}
group: ZJ
grain: village
reads: [voucher, voucher_line, account_month]
parameters:
  share_permille: {value: 10, unit: permille, zh: 全年招待支出占自有收入的督办线, en: Share of own income at which a year's hospitality is supervised, origin: default}
  floor_cents: {value: 200000, unit: cents, zh: 督办线最低金额, en: Least amount of that line, origin: default}
  press_cents: {value: 100000, unit: cents, zh: 全年报刊费限额, en: Limit of a year's newspapers, origin: default}
levels:
  yellow: {zh: 全年报刊费超过限额, en: A year's newspapers over the limit}
  orange: {zh: 列支招待费, en: Any hospitality}
  red: {zh: 全年招待支出超过自有收入的规定比例, en: A year's hospitality over its share of own income}
basis:
  - {law: 农村集体经济组织财务制度, version: 财农〔2021〕121号, article: ""}
note: {zh: 村级“零接待”；比例和报刊限额为默认值，条文号请县里核填。, en: Villages receive no guests at public cost; share and limit are defaults and the article is for the county to fill in.}
explain:
  zh: "{what_zh}{amount_cents:money}，当年累计{year_cents:money}，限额{cap_cents:money}。"
  en: "{what_en} {amount_cents:money}, {year_cents:money} in the year so far; the limit is {cap_cents:money}."
exclusions:
  zh: 老人节、慰问、食堂、学生用餐等；已冲销的凭证。
  en: Festivals for the old, visits to the sick, canteens, pupils' meals; reversed vouchers.
false_alarms:
  zh: 公益活动用餐摘要写得不清楚。
  en: A meal of a public-benefit event with a careless summary.
weight: 3
nature: gain
status: active
owner: discipline
source: warnings ZJ09, F07
*/
WITH guests AS (
  SELECT v.village_code, v.set_id, v.voucher_id, v.voucher_date, v.number, v.total_cents,
         EXTRACT(YEAR FROM v.voucher_date) AS in_year
  FROM voucher v
  WHERE v.kind = 'payment' AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND REGEXP_MATCHES(v.summary, '招待|接待|宴请|酒水|烟酒|香烟|礼品|礼金|旅游|餐费|聚餐')
    AND NOT REGEXP_MATCHES(v.summary, '老年|老人|重阳|敬老|慰问|食堂|学生|幼儿|志愿|接待室|接待站')
), running AS (
  SELECT g.village_code, g.set_id, g.voucher_id, g.number, g.total_cents, g.in_year,
         CAST(SUM(g.total_cents) OVER (
           PARTITION BY g.set_id, g.in_year ORDER BY g.voucher_date, g.voucher_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS year_cents
  FROM guests g
), income AS (
  SELECT b.set_id, b.month // 100 AS in_year, CAST(SUM(b.credit_cents) AS BIGINT) AS income_cents
  FROM account_month b
  WHERE b.account IN (501, 502, 504) AND b.set_id IN (SELECT g.set_id FROM guests g)
  GROUP BY b.set_id, b.month // 100
), capped AS (
  SELECT r.village_code, r.voucher_id, r.number, r.total_cents, r.year_cents,
         GREATEST($floor_cents, COALESCE(i.income_cents, 0) * $share_permille // 1000) AS cap_cents
  FROM running r LEFT JOIN income i ON i.set_id = r.set_id AND i.in_year = r.in_year
), press AS (
  SELECT l.village_code, l.set_id, EXTRACT(YEAR FROM l.voucher_date) AS in_year, MAX(l.line_id) AS line_id,
         CAST(SUM(l.debit_cents) AS BIGINT) AS year_cents
  FROM voucher_line l WHERE l.sub = 51305 AND l.voucher_date <= $as_of
  GROUP BY l.village_code, l.set_id, EXTRACT(YEAR FROM l.voucher_date)
  HAVING SUM(l.debit_cents) > $press_cents
), found AS (
  SELECT c.village_code, 'voucher:' || CAST(c.voucher_id AS VARCHAR) AS subject, '' AS key,
         CASE WHEN c.year_cents > c.cap_cents THEN 3 ELSE 2 END AS level,
         'voucher:' || CAST(c.voucher_id AS VARCHAR) AS evidence, '凭证' || c.number || '列支招待费' AS what_zh,
         'Voucher ' || c.number || ' is for hospitality,' AS what_en, c.total_cents AS amount_cents, c.year_cents, c.cap_cents
  FROM capped c
  UNION ALL
  SELECT p.village_code, 'set:' || CAST(p.set_id AS VARCHAR) AS subject, CAST(p.in_year AS VARCHAR) AS key, 1 AS level,
         'voucher_line:' || CAST(p.line_id AS VARCHAR) AS evidence, '报刊费' AS what_zh, 'Newspapers:' AS what_en,
         p.year_cents AS amount_cents, p.year_cents, $press_cents AS cap_cents
  FROM press p
)
SELECT f.village_code, f.subject, f.key, f.level, f.evidence, f.what_zh, f.what_en, f.amount_cents, f.year_cents, f.cap_cents
FROM found f
