# ruff: noqa: E501 (tables of columns, not sentences)
"""The tables of the lake as DuckDB SQL over one batch of villages (`v`). What is not named here takes its default.

`pick(id, salt, n)` is a whole number below n, always the same for the same seed. Every irregularity is drawn by such a
pick at the rate of `RATES` and is written to `planted` from the very row that carries it. Money is in cents.
"""

# Of how many one is irregular. Rates of contracts are those of the clean-up of 平和: of 2,614 contracts 570 were in
# arrears and 107 ran beyond the term of the land. The others are assumptions for measuring, not statistics.
RATES = {
    "idle": 40, "sold": 300, "lent": 250, "measured": 120, "misused": 400, "project": 250, "uncounted": 60,
    "cheap": 150, "double": 500, "ending": 25, "unvoted": 60, "oral": 200, "kin": 300, "ahead": 400, "sublet": 120,
    "clause": 250, "renewed": 250, "unfiled": 60, "untraded": 120, "debt": 4, "unapproved": 3, "dear": 8,
    "guarantee": 40, "cadre": 15, "bare": 20, "deep": 150, "early": 250, "unpublished": 40, "totals": 60, "copied": 120,
    "unchecked": 120, "unanswered": 12, "other_sum": 250, "cash": 1500, "unbanked": 250, "uncredited": 900,
    "to_kin": 2500, "no_paper": 400, "split": 1200, "twice": 1500, "guests": 1200, "early_pay": 500,
    "no_decision": 25, "second_account": 800, "alone": 1500, "allowance": 900, "advance": 120, "unclosed": 90,
}  # fmt: skip
ARREARS, BEYOND, OF = 570, 107, 2614

MACROS = """
CREATE MACRO pick(id, salt, n) AS CAST((hash(hash(id, salt, {seed})) >> 9) % n AS BIGINT);
CREATE MACRO rare(id, salt, n) AS (hash(hash(id, salt, {seed})) >> 9) % n = 0;
CREATE MACRO secret(id, salt) AS md5(CAST(id AS VARCHAR) || salt || '{seed}');
CREATE TABLE kinds AS SELECT * FROM (VALUES
  (0, 'transfer', 'bank', 0, '提取备用金', '', ''),
  (1, 'payment', 'cash', 51401, '付保洁员清扫费', 'list', 'member'),
  (2, 'payment', 'cash', 51399, '付零星用工', 'list', 'member'),
  (3, 'payment', 'bank', 51301, '发放误工补贴', 'list', 'member'),
  (4, 'payment', 'bank', 51302, '购办公用品', 'invoice', 'firm'),
  (5, 'payment', 'bank', 51401, '付环卫清运费', 'invoice', 'firm'),
  (6, 'payment', 'bank', 51402, '购道路维修材料', 'invoice', 'firm'),
  (7, 'payment', 'bank', 51100, '付灌溉电费', 'invoice', 'firm'),
  (8, 'payment', 'bank', 51403, '购文体用品', 'invoice', 'firm'),
  (9, 'receipt', 'bank', 50102, '收土地发包款', 'receipt', 'member'),
  (10, 'receipt', 'bank', 50400, '收其他收入', 'receipt', 'firm'),
  (11, 'receipt', 'bank', 50300, '收上级补助', 'receipt', 'public')
) AS k(t, kind, method, sub, summary, invoice_kind, payee_kind);
CREATE TABLE months(m INTEGER, starts DATE, month INTEGER);
"""

# Tables of one batch, in the order in which they are made. {n} of RATES stand as {rate[name]}.
TABLES = {
    "vo": """
WITH n AS (SELECT village_code, township_code, k, UNNEST(range(12 * k)) AS seq FROM v),
d AS (
  SELECT village_code, township_code, k, seq, seq // k AS m, seq % k AS w, village_code * 100000 + seq AS voucher_id FROM n
),
t AS (
  SELECT d.village_code, d.township_code, d.seq, d.m, d.w, d.voucher_id, o.starts, o.month,
         village_code * 100 + d.m AS vm, CASE WHEN d.w < 5 THEN d.w ELSE 5 + pick(d.voucher_id, 't', 7) END AS t,
         CASE d.w WHEN 0 THEN 2 WHEN 1 THEN 8 WHEN 2 THEN 20 ELSE 3 + pick(d.voucher_id, 'day', 24) END AS day
  FROM d JOIN months o ON o.m = d.m
),
x AS (
  SELECT t.village_code, t.township_code, t.seq, t.m, t.w, t.voucher_id, t.month, t.vm, t.t, k.kind, k.sub, k.payee_kind,
         rare(t.vm, 'cash', {cash}) AND t.w IN (0, 1) AS p_cash,
         rare(t.village_code, 'unbanked', {unbanked}) AND t.m = 6 AND t.w = 5 AS p_unbanked,
         rare(t.vm, 'split', {split}) AND t.w IN (6, 7) AS p_split,
         rare(t.vm, 'twice', {twice}) AND t.w IN (4, 8) AS p_twice,
         rare(t.voucher_id, 'guests', {guests}) AND t.t BETWEEN 5 AND 8 AND t.w > 8 AS p_guests,
         rare(t.voucher_id, 'early', {early_pay}) AND t.t BETWEEN 5 AND 8 AND t.w > 8 AS p_early,
         rare(t.voucher_id, 'paper', {no_paper}) AND t.t IN (5, 6, 8) AND t.w > 8 AS p_paper,
         rare(t.voucher_id, 'kin', {to_kin}) AND t.t IN (5, 6, 8) AND t.w > 8 AS p_kin,
         rare(t.voucher_id, 'credit', {uncredited}) AND t.t IN (9, 10, 11) AND t.w > 8 AS p_credit,
         rare(t.voucher_id, 'alone', {alone}) AND t.w > 8 AS p_alone,
         rare(t.voucher_id, 'allowance', {allowance}) AND t.w = 3 AS p_allowance,
         rare(t.voucher_id, 'large', 160) AND t.t IN (5, 6) AND t.w > 8 AS large,
         CAST(t.starts + CAST(CASE WHEN rare(t.vm, 'split', {split}) AND t.w = 6 THEN 10
                                   WHEN rare(t.vm, 'split', {split}) AND t.w = 7 THEN 18 ELSE t.day END AS INTEGER) AS DATE) AS day,
         k.method, k.summary, k.invoice_kind
  FROM t JOIN kinds k ON k.t = t.t
),
y AS (
  SELECT village_code, township_code, seq, m, w, voucher_id, month, vm, day, p_cash, p_unbanked, p_split, p_twice, p_guests,
         p_early, p_paper, p_kin, p_credit, p_alone, p_allowance, large AND pick(voucher_id, 'vote', {no_decision}) = 0 AS p_vote, large,
         CASE WHEN p_unbanked THEN 10 WHEN p_split THEN 6 WHEN p_twice AND w = 8 THEN 8 ELSE t END AS t,
         CASE WHEN p_unbanked THEN 'receipt' WHEN p_split OR (p_twice AND w = 8) THEN 'payment' ELSE kind END AS kind,
         CASE WHEN p_unbanked THEN 50400 WHEN p_split THEN 51402 WHEN p_twice AND w = 8 THEN 51403 ELSE sub END AS sub,
         CASE WHEN p_unbanked THEN 'cash' ELSE method END AS method,
         CASE WHEN p_guests THEN '招待费' WHEN p_unbanked THEN '收废品变卖款' WHEN p_split THEN '购道路维修材料'
              WHEN p_twice AND w = 8 THEN '购文体用品' ELSE summary END AS summary,
         CASE WHEN p_paper THEN 'none' WHEN p_unbanked THEN 'receipt' WHEN p_split OR (p_twice AND w = 8) THEN 'invoice'
              ELSE invoice_kind END AS invoice_kind,
         CASE WHEN p_kin THEN 'person' WHEN p_unbanked OR p_split OR (p_twice AND w = 8) THEN 'firm' ELSE payee_kind END AS payee_kind,
         CASE WHEN w = 0 THEN CASE WHEN p_cash THEN 690000 ELSE 150000 END
              WHEN w = 1 THEN CASE WHEN p_cash THEN 610000 ELSE 70000 END WHEN w = 2 THEN 80000
              WHEN w = 3 THEN CASE WHEN p_allowance THEN 450000 ELSE 150000 + pick(voucher_id, 'sum', 60000) END
              WHEN p_unbanked THEN 45000 WHEN p_split THEN 190000 + w * 100
              WHEN large THEN 1200000 + pick(voucher_id, 'sum', 1500000)
              WHEN p_paper OR p_kin OR p_guests THEN 60000 + pick(voucher_id, 'sum', 90000)
              WHEN pick(voucher_id, 'size', 1000) < 600 THEN 20000 + pick(voucher_id, 'sum', 130000)
              ELSE 210000 + pick(voucher_id, 'sum', 550000) END AS total_cents,
         CASE WHEN w < 3 THEN 0 WHEN p_split THEN -1 WHEN p_twice THEN -2 ELSE pick(voucher_id, 'payee', 60) END AS payee_no
  FROM x
)
SELECT *, village_code AS set_id,
       CASE WHEN p_kin THEN secret(village_code, 'kin0') WHEN payee_kind = 'public' OR w = 0 THEN ''
            ELSE secret(CASE WHEN payee_kind = 'firm' THEN township_code ELSE village_code END * 100 + payee_no, payee_kind) END AS payee_key,
       CASE WHEN w = 0 THEN '' WHEN payee_kind = 'public' THEN '乡镇财政所'
            ELSE CASE payee_kind WHEN 'firm' THEN '商户' WHEN 'member' THEN '村民' ELSE '个人' END
                 || CAST(CASE WHEN payee_kind = 'firm' THEN township_code % 10000000 ELSE village_code % 10000000 END AS VARCHAR)
                 || '第' || CAST(payee_no + 3 AS VARCHAR) || '号' END AS payee,
       CAST(village_code % 1000003 AS BIGINT) * 10 AS people,
       1 + CAST(pick(voucher_id, 'lines', 100) < 30 AND w > 4 AS INTEGER)
         + CAST(pick(voucher_id, 'lines', 100) < 9 AND w > 4 AS INTEGER) AS parts
FROM y""",
    "voucher": """
SELECT voucher_id, village_code, set_id, CAST(month AS VARCHAR) || '-' || CAST(seq % 1000 + 1 AS VARCHAR) AS number,
       day AS voucher_date, month, CAST(day AS TIMESTAMP) + INTERVAL 33 HOUR AS entered_at,
       CAST(day AS TIMESTAMP) + INTERVAL 57 HOUR AS posted_at, summary, total_cents, kind, method, payee, payee AS payee_norm,
       payee_key, CASE WHEN payee_key = '' THEN '' ELSE CAST(6000000000000000 + pick(payee_key, 'account', 999999999999) AS VARCHAR) END AS payee_account,
       payee_kind, CASE WHEN invoice_kind = 'invoice' THEN
         CAST(1000000000 + pick(CASE WHEN p_twice THEN vm ELSE voucher_id END, 'invoice', 8999999999) AS VARCHAR) ELSE '' END AS invoice_no,
       invoice_kind, CASE WHEN invoice_kind IN ('invoice', 'receipt') THEN day END AS invoice_date,
       CASE WHEN invoice_kind = 'invoice' THEN payee ELSE '' END AS seller, 1 AS attachments,
       people + 1 AS preparer_id, people + 2 AS reviewer_id, people + CASE WHEN p_alone THEN 1 ELSE 3 END AS approver_id, people + 4 AS stamper_id,
       people + 5 AS handler_id, '' AS handler,
       CAST(day AS TIMESTAMP) + CASE WHEN p_early THEN INTERVAL 130 HOUR ELSE INTERVAL (-15) HOUR END AS approved_at,
       CAST(day AS TIMESTAMP) + CASE WHEN p_early THEN INTERVAL 135 HOUR ELSE INTERVAL (-9) HOUR END AS stamped_at, day AS paid_on,
       CASE WHEN large AND NOT p_vote THEN 'JY-' || CAST(voucher_id AS VARCHAR) ELSE '' END AS decision_no,
       CASE WHEN large AND NOT p_vote THEN CAST(day - 12 AS DATE) END AS decided_on,
       CASE WHEN t = 9 THEN 'HT-' || CAST(payee_no AS VARCHAR) ELSE '' END AS contract_no, '' AS fund,
       CAST(NULL AS BIGINT) AS reverses_id, FALSE AS is_reversed, '' AS source
FROM vo""",
    "voucher_line": """
WITH p AS (
  SELECT *, UNNEST(range(parts + 1)) AS j FROM vo
),
q AS (
  SELECT *, CASE WHEN j = 0 THEN total_cents WHEN j = 1 THEN total_cents - CASE WHEN parts > 1 THEN total_cents * 3 // 10 ELSE 0 END
                      - CASE WHEN parts > 2 THEN total_cents // 10 ELSE 0 END
                 WHEN j = 2 THEN total_cents * 3 // 10 ELSE total_cents // 10 END AS cents
  FROM p
)
SELECT voucher_id * 10 + j AS line_id, voucher_id, village_code, set_id, day AS voucher_date, month,
       CASE WHEN j = 0 THEN CASE WHEN method = 'cash' THEN 101 ELSE 102 END WHEN w = 0 THEN 101 ELSE sub // 100 END AS account,
       CASE WHEN j = 0 THEN CASE WHEN method = 'cash' THEN 10100 ELSE 10200 END WHEN w = 0 THEN 10100
            WHEN j > 1 AND kind = 'payment' THEN sub // 100 * 100 + 99 ELSE sub END AS sub,
       CASE WHEN (j = 0) = (kind = 'receipt') THEN cents ELSE 0 END AS debit_cents,
       CASE WHEN (j = 0) = (kind = 'receipt') THEN 0 ELSE cents END AS credit_cents,
       '' AS party, '' AS party_key, summary
FROM q""",
    "invoice": """
SELECT voucher_id AS invoice_id, voucher_id, village_code, set_id, invoice_kind AS kind, invoice_no AS number, seller,
       seller AS seller_norm, voucher_date AS invoice_date, total_cents AS amount_cents
FROM voucher WHERE invoice_kind = 'invoice'""",
    "account_month": """
WITH g AS (
  SELECT village_code, account, sub, month, CAST(SUM(debit_cents) AS BIGINT) AS debit_cents,
         CAST(SUM(credit_cents) AS BIGINT) AS credit_cents
  FROM voucher_line GROUP BY village_code, account, sub, month
)
SELECT (village_code * 100000 + sub) * 12 + (month // 100 * 12 + month % 100) % 12 AS row_id, village_code,
       village_code AS set_id, account, sub, month,
       CASE WHEN account = 102 THEN 200000000 ELSE 0 END + COALESCE(CAST(SUM(debit_cents - credit_cents) OVER (
         PARTITION BY village_code, sub ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS BIGINT), 0) AS opening_cents,
       debit_cents, credit_cents
FROM g""",
    "account_set": """
SELECT village_code AS set_id, village_code, township_code, village_code AS unit_id, '股份经济合作社' || CAST(village_code AS VARCHAR) AS name,
       DATE '2022-01-01' AS starts_on, last_day(CAST($as_of - INTERVAL 1 MONTH AS DATE)) AS closed_through, 'agency' AS mode,
       CAST(0 AS BIGINT) AS cash_limit_cents, CAST(0 AS BIGINT) AS decision_limit_cents, CAST(0 AS BIGINT) AS exchange_limit_cents,
       600 + CAST(pick(village_code, 'people', 2400) AS INTEGER) AS population
FROM v""",
    "month_close": """
SELECT village_code * 100 + o.m AS row_id, village_code, village_code AS set_id, o.month,
       CASE WHEN o.m < late THEN 'closed' ELSE 'open' END AS state,
       CASE WHEN o.m < late THEN CAST(o.starts + INTERVAL 1 MONTH + INTERVAL 175 HOUR AS TIMESTAMP) END AS closed_at,
       CASE WHEN o.m < late THEN CAST(o.starts + INTERVAL 1 MONTH + INTERVAL 105 HOUR AS TIMESTAMP) END AS submitted_at
FROM (SELECT village_code, CASE WHEN rare(village_code, 'unclosed', {unclosed}) THEN 9 ELSE 11 END AS late FROM v) AS v
CROSS JOIN months o""",
    "bank_account": """
SELECT village_code * 10 AS bank_account_id, village_code, village_code AS set_id, CAST(village_code * 1000 AS VARCHAR) AS number,
       'basic' AS kind, TRUE AS registered, DATE '2020-01-01' AS opened_on, CAST(village_code AS VARCHAR) AS holder
FROM v
UNION ALL
SELECT village_code * 10 + 1, village_code, village_code, CAST(village_code * 1000 + 1 AS VARCHAR), 'basic', FALSE, DATE '2023-05-01',
       CAST(village_code AS VARCHAR)
FROM v WHERE rare(village_code, 'account', {second_account})""",
    "bank_line": """
WITH b AS (
  SELECT village_code, voucher_id, day, CASE WHEN kind = 'receipt' THEN total_cents ELSE -total_cents END AS amount_cents, payee,
         payee_key, summary
  FROM vo WHERE method = 'bank' AND NOT p_credit
)
SELECT voucher_id AS bank_line_id, village_code, village_code AS set_id, village_code * 10 AS bank_account_id, day AS line_date,
       amount_cents, 200000000 + CAST(SUM(amount_cents) OVER (
         PARTITION BY village_code ORDER BY day, voucher_id ROWS UNBOUNDED PRECEDING) AS BIGINT) AS balance_cents,
       payee AS counter_name, payee AS counter_norm, payee_key AS counter_key, '' AS counter_account, summary, voucher_id,
       CAST(day AS TIMESTAMP) + INTERVAL 60 HOUR AS matched_at
FROM b""",
    "budget_line": """
SELECT (village_code * 10000 + y) * 100 + a AS budget_line_id, village_code, village_code AS set_id, y AS year, 513 + a AS account,
       (513 + a) * 100 AS sub, CAST(90000000 AS BIGINT) AS amount_cents
FROM v CROSS JOIN (SELECT UNNEST([2025, 2026]) AS y) CROSS JOIN (SELECT UNNEST([0, 1]) AS a)""",
    "cadre": """
SELECT village_code * 10 + i AS row_id, village_code, village_code * 10 + i AS person_id, secret(village_code * 10 + i, 'cadre') AS person_key,
       '干部' || CAST(village_code % 10000000 AS VARCHAR) || CAST(i AS VARCHAR) AS name,
       '干部' || CAST(village_code % 10000000 AS VARCHAR) || CAST(i AS VARCHAR) AS name_norm,
       CASE i WHEN 0 THEN '主任' ELSE '委员' END AS post, 'village_committee' AS unit_kind, i = 0 AS is_head,
       DATE '2021-03-01' AS starts_on, CAST(NULL AS DATE) AS ends_on
FROM v CROSS JOIN (SELECT UNNEST(range(5)) AS i)""",
    "kin": """
SELECT village_code * 10 + i AS row_id, village_code, village_code * 10 AS person_id, secret(village_code, 'kin' || CAST(i AS VARCHAR)) AS relative_key,
       '亲属' || CAST(village_code % 10000000 AS VARCHAR) || CAST(i AS VARCHAR) AS relative_norm, '近亲属' AS relation
FROM v CROSS JOIN (SELECT UNNEST(range(4)) AS i)""",
    "member_share": """
SELECT village_code * 100 + i AS row_id, village_code, village_code AS set_id, 'H' || CAST(i AS VARCHAR) AS household,
       secret(village_code * 100 + i, 'member') AS member_key, CAST(2 + i % 4 AS DOUBLE) AS shares
FROM v CROSS JOIN (SELECT UNNEST(range(10)) AS i)""",
    "distribution_row": """
SELECT row_id, village_code, set_id, 2025 AS year, household, member_key, CAST(shares * 10000 AS BIGINT) AS amount_cents,
       CAST($as_of - INTERVAL 150 DAY AS DATE) AS paid_on
FROM member_share WHERE village_code % 3 = 0""",
    "things": """
WITH n AS (SELECT village_code, township_code, UNNEST(range(8 + pick(village_code, 'assets', 5))) AS i FROM v),
d AS (SELECT village_code, township_code, i, village_code * 100 + i AS asset_id FROM n)
SELECT village_code, township_code, i, asset_id, i < 5 AS is_land, 3 + pick(asset_id, 'mu', 6) AS mu,
       i >= 5 AND rare(asset_id, 'idle', {idle}) AS p_idle, i >= 5 AND rare(asset_id, 'sold', {sold}) AS p_sold,
       i >= 5 AND rare(asset_id, 'lent', {lent}) AS p_lent, i < 5 AND rare(asset_id, 'measured', {measured}) AS p_measured,
       i < 5 AND rare(asset_id, 'misused', {misused}) AS p_misused, i = 7 AND rare(asset_id, 'project', {project}) AS p_project,
       i = 6 AND rare(village_code, 'uncounted', {uncounted}) AS p_uncounted, i < 3 AND rare(asset_id, 'double', {double}) AND NOT rare(asset_id * 10, 'ending', {ending}) AS p_double
FROM d""",
    "asset": """
SELECT asset_id, village_code, village_code AS set_id, 'ZC-' || CAST(asset_id AS VARCHAR) AS number,
       CASE WHEN is_land THEN '地块' ELSE '资产' END || CAST(i AS VARCHAR) AS name,
       CASE WHEN is_land THEN 'land' WHEN i % 2 = 0 THEN 'machine' ELSE 'building' END AS class, is_land AS is_resource,
       CASE WHEN is_land THEN '耕地' ELSE '' END AS land_kind,
       CASE WHEN is_land THEN 0 ELSE 5000000 + pick(asset_id, 'value', 90000000) END AS original_cents,
       CASE WHEN is_land THEN CAST(mu AS DOUBLE) END AS area_mu,
       CASE WHEN is_land THEN CAST(mu AS DOUBLE) * CASE WHEN p_measured THEN 1.4 ELSE 1 END END AS measured_mu,
       CASE WHEN p_sold THEN 'sold' WHEN p_lent THEN 'lent' WHEN p_idle THEN 'idle' WHEN is_land THEN 'let' ELSE 'in_use' END AS status,
       CASE WHEN p_idle THEN CAST($as_of - CAST(100 + pick(asset_id, 'idle days', 500) AS INTEGER) AS DATE) ELSE DATE '2024-01-01' END AS status_since,
       DATE '2019-05-01' AS acquired_on,
       CASE WHEN p_uncounted THEN CAST($as_of - 500 AS DATE) ELSE CAST($as_of - 120 AS DATE) END AS counted_on,
       CAST(NULL AS BIGINT) AS valuation_cents, CASE WHEN p_sold THEN CAST($as_of - 200 AS DATE) END AS disposed_on,
       CASE WHEN p_sold THEN 900000 END AS disposal_cents, '' AS decision_no,
       CASE WHEN p_lent THEN '个体户' || CAST(asset_id % 10000000 AS VARCHAR) ELSE '' END AS holder_name,
       CASE WHEN p_lent THEN secret(asset_id, 'holder') ELSE '' END AS holder_key,
       CASE WHEN p_project THEN '衔接资金' ELSE '' END AS fund, CASE WHEN is_land THEN '耕地' ELSE '' END AS registered_use,
       CASE WHEN p_misused THEN '厂房' WHEN is_land THEN '耕地' ELSE '' END AS actual_use, '' AS area_reason
FROM things""",
    "deals": """
WITH one AS (
  SELECT village_code, township_code, asset_id, i, mu, asset_id * 10 AS contract_id, p_double, p_measured, 0 AS copy FROM things WHERE is_land
),
r AS (
  SELECT *, i = 4 AND rare(contract_id, 'renewed', {renewed}) AS p_renewed, rare(contract_id, 'ending', {ending}) AS p_ending,
         pick(contract_id, 'land', {of}) < {beyond} AS p_beyond, pick(contract_id, 'late', {of}) < {arrears} AS p_late,
         rare(contract_id, 'cheap', {cheap}) AS p_cheap, rare(contract_id, 'vote', {unvoted}) AS p_vote,
         rare(contract_id, 'oral', {oral}) AS p_oral, rare(contract_id, 'kin', {kin}) AS p_kin,
         rare(contract_id, 'ahead', {ahead}) AS p_ahead, rare(contract_id, 'sublet', {sublet}) AS p_sublet,
         rare(contract_id, 'clause', {clause}) AS p_clause, rare(contract_id, 'filed', {unfiled}) AS p_filed,
         rare(contract_id, 'traded', {untraded}) AS p_traded
  FROM one
),
s AS (
  SELECT *, mu * CASE WHEN p_measured THEN 1.4 ELSE 1 END * CASE WHEN p_cheap THEN 30000 WHEN p_traded THEN 1200000 ELSE 78000 + pick(contract_id, 'rate', 4000) END AS yearly,
         CASE WHEN p_ahead THEN 12 ELSE 5 END AS years,
         CASE WHEN p_ending THEN CAST($as_of + CAST(pick(contract_id, 'end', 160) - 80 AS INTEGER) AS DATE)
              ELSE CAST($as_of + CAST(400 + pick(contract_id, 'end', 1000) AS INTEGER) AS DATE) END AS ends_on
  FROM r
)
SELECT *, CAST(ends_on - INTERVAL (CAST(years AS INTEGER)) YEAR + INTERVAL 1 DAY AS DATE) AS starts_on,
       CAST(ROUND(yearly) AS BIGINT) AS yearly_cents, CAST(ROUND(yearly) AS BIGINT) * years AS total_cents,
       '村民' || CAST(village_code % 10000000 AS VARCHAR) || '第' || CAST(i + 100 AS VARCHAR) || '号' AS party,
       CASE WHEN p_kin THEN secret(village_code, 'kin1') ELSE secret(contract_id, 'tenant') END AS party_key
FROM s""",
    "contract": """
WITH base AS (
  SELECT contract_id, village_code, village_code AS set_id, 'HT-' || CAST(contract_id AS VARCHAR) AS number, '土地发包' AS title,
         'income' AS direction, 'contracting' AS kind, asset_id, party, party AS party_norm, party_key,
         CAST(starts_on - 10 AS DATE) AS signed_on, starts_on, ends_on, CAST(NULL AS DATE) AS ended_on, yearly_cents, total_cents,
         CAST(mu AS DOUBLE) * CASE WHEN p_measured THEN 1.4 ELSE 1 END AS area_mu,
         CASE WHEN p_renewed THEN 'renewal' ELSE 'negotiated' END AS mode,
         CASE WHEN p_vote THEN '' ELSE 'JY-' || CAST(contract_id AS VARCHAR) END AS decision_no,
         CASE WHEN p_vote THEN NULL ELSE CAST(starts_on - 30 AS DATE) END AS decided_on, '' AS deal_no,
         CASE WHEN p_renewed THEN CAST(starts_on - 8 AS DATE) ELSE CAST(starts_on - 15 AS DATE) END AS published_on,
         CASE WHEN p_filed THEN NULL ELSE CAST(starts_on - 5 AS DATE) END AS filed_on, NOT p_filed AS has_scan,
         years > 10 AS has_repricing, CASE WHEN p_renewed THEN contract_id + 1 END AS renews_id,
         CASE WHEN p_clause THEN '期满后地上果树由甲方按市价回购。' ELSE '' END AS text, 'active' AS status,
         CASE WHEN p_beyond THEN CAST(ends_on - 300 AS DATE) ELSE CAST(ends_on + 700 AS DATE) END AS land_term_ends, p_oral AS is_oral
  FROM deals
)
SELECT * FROM base
UNION ALL
SELECT contract_id + 1, village_code, set_id, number || '-0', title, direction, kind, asset_id, party, party_norm, party_key,
       CAST(signed_on - INTERVAL 5 YEAR AS DATE), CAST(starts_on - INTERVAL 5 YEAR AS DATE), CAST(starts_on - 1 AS DATE), CAST(starts_on - 1 AS DATE),
       yearly_cents, total_cents, area_mu, 'negotiated', 'JY-0', CAST(signed_on - INTERVAL 6 YEAR AS DATE), deal_no,
       CAST(signed_on - INTERVAL 6 YEAR AS DATE), CAST(signed_on - INTERVAL 5 YEAR AS DATE), has_scan, has_repricing, NULL, '', 'ended',
       land_term_ends, FALSE
FROM base WHERE renews_id IS NOT NULL
UNION ALL
SELECT contract_id + 2, village_code, set_id, number || '-2', title, direction, kind, asset_id, party || '乙', party_norm || '乙', md5(party_key),
       signed_on, starts_on, ends_on, ended_on, yearly_cents, total_cents, area_mu, mode, 'JY-2', decided_on, deal_no,
       CAST(starts_on - 15 AS DATE), CAST(starts_on - 5 AS DATE), TRUE, has_repricing, NULL, '', status, land_term_ends, FALSE
FROM base WHERE asset_id IN (SELECT asset_id FROM things WHERE p_double)""",
    "due": """
WITH n AS (SELECT *, UNNEST(range(years)) AS y FROM deals),
d AS (
  SELECT *, CAST(starts_on + INTERVAL (CAST(y AS INTEGER)) YEAR AS DATE) AS due_on,
         CAST(starts_on + INTERVAL (CAST(y + 1 AS INTEGER)) YEAR - INTERVAL 1 DAY AS DATE) AS covers_to
  FROM n WHERE NOT p_ahead OR y = 0
),
e AS (
  SELECT *, CASE WHEN p_ahead THEN ends_on ELSE covers_to END AS covers,
         due_on < $as_of - 130 AND p_late AND NOT p_ahead
           AND due_on >= MAX(CASE WHEN due_on < $as_of - 130 THEN due_on END) OVER (PARTITION BY contract_id) AS unpaid
  FROM d
)
SELECT contract_id * 100 + y AS due_id, village_code, village_code AS set_id, contract_id, asset_id, due_on,
       CASE WHEN p_ahead THEN total_cents ELSE yearly_cents END AS amount_cents,
       CASE WHEN unpaid OR due_on > $as_of THEN 0 WHEN p_ahead THEN total_cents ELSE yearly_cents END AS paid_cents,
       CASE WHEN unpaid OR due_on > $as_of THEN NULL ELSE due_on END AS paid_on,
       CASE WHEN unpaid OR due_on > $as_of THEN '' WHEN p_sublet THEN '转租人' || CAST(contract_id % 10000000 AS VARCHAR) ELSE party END AS payer,
       CASE WHEN unpaid OR due_on > $as_of THEN '' WHEN p_sublet THEN '转租人' || CAST(contract_id % 10000000 AS VARCHAR) ELSE party END AS payer_norm,
       due_on AS covers_from, covers AS covers_to
FROM e""",
    "owing": """
SELECT village_code, village_code * 10 AS debt_id, rare(village_code, 'unapproved', {unapproved}) AS p_unapproved,
       rare(village_code, 'dear', {dear}) AS p_dear, rare(village_code, 'guarantee', {guarantee}) AS p_guarantee,
       rare(village_code, 'cadre debt', {cadre}) AS p_cadre, rare(village_code, 'bare', {bare}) AS p_bare,
       rare(village_code, 'deep', {deep}) AS p_deep
FROM v WHERE rare(village_code, 'debt', {debt})""",
    "debt": """
SELECT debt_id, village_code, village_code AS set_id, 'ZW-' || CAST(debt_id AS VARCHAR) AS number,
       CASE WHEN p_guarantee THEN 'guarantee' ELSE 'borrowed' END AS direction, '出借人' || CAST(debt_id % 10000000 AS VARCHAR) AS counterpart,
       '出借人' || CAST(debt_id % 10000000 AS VARCHAR) AS counterpart_norm,
       CASE WHEN p_cadre THEN secret(village_code, 'kin2') ELSE secret(debt_id, 'lender') END AS counterpart_key, 'person' AS counterpart_kind,
       CASE WHEN p_deep THEN 3000000000 ELSE 2000000 END AS principal_cents, CASE WHEN p_deep THEN 3000000000 ELSE 2000000 END AS balance_cents,
       CASE WHEN p_dear THEN 1500 ELSE 0 END AS rate_bp, DATE '2024-03-01' AS began_on, '修建机耕路' AS purpose,
       CASE WHEN p_bare THEN '' ELSE 'JY-1' END AS decision_no, CASE WHEN p_unapproved OR p_bare THEN '' ELSE 'P-1' END AS approval_no,
       CASE WHEN p_bare THEN '' ELSE 'old-1' END AS voucher_no
FROM owing
UNION ALL
SELECT village_code * 10 + 1, village_code, village_code, 'YZ-' || CAST(village_code AS VARCHAR), 'advance',
       '村民' || CAST(village_code % 10000000 AS VARCHAR) || '借', '村民' || CAST(village_code % 10000000 AS VARCHAR) || '借', '', 'member', 300000, 300000, 0,
       CAST($as_of - 120 AS DATE), '备用金', '', '', ''
FROM v WHERE rare(village_code, 'advance', {advance})""",
    "spent": """
SELECT o.village_code, o.month, CAST(SUM(l.debit_cents) AS BIGINT) AS cents, COUNT(*) AS lines
FROM voucher_line l JOIN vo o ON o.voucher_id = l.voucher_id
WHERE o.kind <> 'transfer' AND l.account NOT IN (101, 102)
GROUP BY o.village_code, o.month""",
    "notices": """
WITH n AS (
  SELECT v.village_code, o.m, o.month, village_code * 100 + o.m AS disclosure_id,
         CAST(o.starts + INTERVAL 1 MONTH + INTERVAL 9 DAY AS DATE) AS due_on
  FROM v CROSS JOIN months o WHERE o.m < 11
)
SELECT *, m = 10 AND rare(village_code, 'unpublished', {unpublished}) AS p_missing, rare(disclosure_id, 'early', {early}) AS p_early,
       m = 8 AND rare(village_code, 'totals', {totals}) AS p_totals, m = 7 AND rare(village_code, 'copied', {copied}) AS p_copied,
       m = 5 AND rare(village_code, 'unchecked', {unchecked}) AS p_unchecked, m = 3 AND rare(village_code, 'sum', {other_sum}) AS p_sum
FROM n""",
    "disclosure": """
SELECT d.disclosure_id, d.village_code, 'finance.monthly' AS kind, '收支逐笔公开' AS kind_zh, 'Income and spending, line by line' AS kind_en,
       'finance' AS affairs, CAST(d.month // 100 AS VARCHAR) || '-' || LPAD(CAST(d.month % 100 AS VARCHAR), 2, '0') AS period, d.due_on,
       CASE WHEN d.p_missing THEN NULL ELSE CAST(d.due_on - 2 AS DATE) END AS published_on,
       CASE WHEN d.p_missing THEN 0 WHEN d.p_totals THEN 1 ELSE s.lines END AS rows,
       CASE WHEN d.p_missing THEN 0 ELSE s.cents + CASE WHEN d.p_sum THEN 12345 ELSE 0 END END AS total_cents,
       CASE WHEN d.p_missing OR d.p_unchecked THEN NULL ELSE CAST(d.due_on - 3 AS TIMESTAMP) + INTERVAL 10 HOUR END AS checked_at,
       CASE WHEN d.p_missing OR d.p_unchecked THEN NULL ELSE d.village_code END AS checker_id,
       CASE WHEN d.p_missing THEN '' ELSE secret(CASE WHEN d.p_copied THEN d.disclosure_id - 1 ELSE d.disclosure_id END, 'photo') END AS photo_hash,
       CASE WHEN d.p_missing THEN '' ELSE secret(d.disclosure_id, 'body') END AS body_hash,
       CASE WHEN d.p_early AND NOT d.p_missing THEN 4 END AS days_shown, 15 AS min_days,
       CASE WHEN d.p_early AND NOT d.p_missing THEN CAST(d.due_on + 2 AS DATE) END AS withdrawn_on, s.lines AS expected_rows
FROM notices d JOIN spent s ON s.village_code = d.village_code AND s.month = d.month""",
    "question": """
SELECT village_code * 10 AS question_id, village_code, village_code * 100 + 9 AS disclosure_id, CAST($as_of - 45 AS DATE) AS asked_on,
       CAST($as_of - 35 AS DATE) AS due_on,
       CASE WHEN rare(village_code, 'answer', {unanswered}) THEN NULL ELSE CAST($as_of - 40 AS DATE) END AS answered_on
FROM v WHERE village_code % 5 = 0""",
}
HELPERS = ("vo", "things", "deals", "owing", "spent", "notices")  # what datasets are made from, not written

# (rule, key of the finding, subject, FROM … WHERE …): what was planted, and what must therefore be found.
PLANTED = (
    ("ZC01", "asset", "asset_id", "things WHERE p_idle AND NOT p_sold AND NOT p_lent"),
    ("ZC03", "asset", "asset_id", "things WHERE p_sold"),
    ("ZC04", "asset", "asset_id", "things WHERE p_lent AND NOT p_sold"),
    ("ZC05", "contract", "contract_id",
     "deals WHERE p_cheap AND NOT p_ahead AND township_code IN (SELECT township_code FROM deals d JOIN contract c ON "
     "c.contract_id = d.contract_id WHERE date_diff('day', c.signed_on, $as_of) BETWEEN 0 AND 1826 GROUP BY township_code "
     "HAVING COUNT(*) >= 12) AND date_diff('day', starts_on, $as_of) BETWEEN 0 AND 1810"),
    ("ZC06", "asset", "asset_id", "things WHERE p_measured OR p_double"),
    ("ZC07", "asset", "asset_id", "things WHERE p_double"),
    ("ZC08", "asset", "asset_id", "things WHERE p_misused"),
    ("ZC09", "asset", "asset_id", "things WHERE p_project AND NOT p_sold"),
    ("ZC10", "village", "village_code", "things WHERE p_uncounted AND NOT p_sold"),
    ("HT01", "contract", "contract_id", "deals WHERE p_ending"),
    ("HT02", "contract", "contract_id",
     "deals WHERE p_late AND NOT p_ahead AND contract_id IN (SELECT contract_id FROM due WHERE paid_cents = 0 AND due_on < $as_of)"),
    ("HT03", "contract", "contract_id", "deals WHERE p_beyond AND ends_on >= $as_of"),
    ("HT04", "contract", "contract_id", "deals WHERE p_traded AND NOT p_cheap AND NOT p_renewed AND date_diff('day', starts_on, $as_of) BETWEEN 0 AND 1810"),
    ("HT05", "contract", "contract_id",
     "deals WHERE p_vote AND total_cents >= 500000 AND date_diff('day', starts_on, $as_of) BETWEEN 20 AND 1810"),
    ("HT06", "contract", "contract_id", "deals WHERE p_oral"),
    ("HT07", "contract", "contract_id", "deals WHERE p_kin AND starts_on > DATE '2021-04-01'"),
    ("HT08", "contract", "contract_id", "deals WHERE p_ahead AND ends_on > $as_of"),
    ("HT09", "contract", "contract_id",
     "deals WHERE p_sublet AND contract_id IN (SELECT contract_id FROM due WHERE paid_cents > 0 AND "
     "date_diff('day', paid_on, $as_of) BETWEEN 0 AND 1096 GROUP BY contract_id HAVING COUNT(*) >= 2)"),
    ("HT10", "contract", "contract_id", "deals WHERE p_clause"),
    ("HT11", "contract", "contract_id",
     "deals WHERE p_renewed AND date_diff('day', starts_on, $as_of) BETWEEN 0 AND 1810"),
    ("HT12", "contract", "contract_id",
     "deals WHERE p_filed AND NOT p_oral AND date_diff('day', starts_on, $as_of) BETWEEN 10 AND 1810"),
    ("ZW01", "debt", "debt_id", "owing WHERE (p_unapproved OR p_bare) AND NOT p_guarantee"),
    ("ZW02", "debt", "debt_id", "owing WHERE p_dear AND NOT p_guarantee"),
    ("ZW03", "set", "village_code", "owing WHERE p_deep AND NOT p_guarantee"),
    ("ZW04", "debt", "debt_id", "owing WHERE p_guarantee"),
    ("ZW05", "debt", "debt_id", "owing WHERE p_cadre AND NOT p_guarantee"),
    ("ZW07", "debt", "debt_id", "owing WHERE p_bare AND NOT p_guarantee"),
    ("CX05", "disclosure", "disclosure_id", "notices WHERE p_early AND NOT p_missing AND due_on + 2 <= $as_of"),
    ("CX08", "disclosure", "disclosure_id", "notices WHERE p_missing"),
    ("CX09", "village", "village_code", "notices WHERE p_totals AND NOT p_early"),
    ("CX10", "disclosure", "disclosure_id",
     "notices WHERE p_copied AND NOT p_early AND disclosure_id - 1 NOT IN (SELECT disclosure_id FROM notices WHERE p_early)"),
    ("CX11", "village", "village_code", "notices WHERE p_unchecked"),
    ("CX13", "question", "question_id", "question WHERE answered_on IS NULL"),
    ("CX16", "disclosure", "disclosure_id", "notices WHERE p_sum AND NOT p_early"),
    ("ZJ01", "voucher", "voucher_id", "vo WHERE p_cash AND w = 1"),
    ("ZJ02", "set", "village_code", "vo WHERE p_cash AND w = 0"),
    ("ZJ03", "voucher", "voucher_id", "vo WHERE p_unbanked"),
    ("ZJ04", "voucher", "voucher_id", "vo WHERE p_credit AND day < $as_of - 12"),
    ("ZJ05", "voucher", "voucher_id", "vo WHERE p_kin"),
    ("ZJ06", "voucher", "voucher_id", "vo WHERE p_paper AND NOT p_guests"),
    ("ZJ07", "voucher", "voucher_id", "vo WHERE p_split AND w = 6"),
    ("ZJ08", "voucher", "voucher_id", "vo WHERE p_twice AND w = 8"),
    ("ZJ09", "voucher", "voucher_id", "vo WHERE p_guests"),
    ("ZJ10", "voucher", "voucher_id", "vo WHERE p_early"),
    ("ZJ11", "voucher", "voucher_id", "vo WHERE p_alone"),
    ("ZJ12", "voucher", "voucher_id", "vo WHERE p_allowance"),
    ("ZJ13", "voucher", "voucher_id", "vo WHERE p_vote"),
    ("ZJ14", "set", "village_code", "vo WHERE p_credit AND day < $as_of - 12"),
    ("ZJ15", "bank_account", "bank_account_id", "bank_account WHERE NOT registered"),
    ("ZJ16", "debt", "debt_id", "debt WHERE direction = 'advance'"),
    ("ZJ21", "set", "village_code", "month_close WHERE state = 'open' AND month < (SELECT MIN(month) FROM months WHERE m = 10)"),
)  # fmt: skip
