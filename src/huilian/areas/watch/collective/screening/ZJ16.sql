/*
id: ZJ16
names: {zh: 备用金和往来款长期挂账, en: Advances and claims left open}
group: ZJ
grain: village
reads: [debt, voucher_line]
parameters:
  least_cents: {value: 10000, unit: cents, zh: 不计较的小额挂账, en: Open sums too small to mind, origin: default}
  yellow_days: {value: 30, unit: days, zh: 备用金几天没还提醒, en: Days an advance is open that are noticed, origin: default}
  orange_days: {value: 90, unit: days, zh: 备用金几天没还督促, en: Days that are urged, origin: default}
  red_days: {value: 180, unit: days, zh: 备用金几天没还督办, en: Days that are supervised, origin: default}
  claim_days: {value: 365, unit: days, zh: 往来款挂账几天提醒, en: Days a claim is open that are noticed, origin: default}
levels:
  yellow: {zh: 备用金超过30天没有归还，或往来款挂账超过12个月, en: "An advance open for more than 30 days, or a claim for more than 12 months"}
  orange: {zh: 备用金超过90天，或往来款超过24个月, en: "An advance for more than 90 days, or a claim for more than 24 months"}
  red: {zh: 备用金超过180天, en: An advance for more than 180 days}
basis: []
note: {zh: 天数为默认值，县里可改。, en: The days are defaults; a county may change them.}
explain:
  zh: "{party}的{what_zh}从{since}起挂账{days}天，还有{open_cents:money}。"
  en: "{party}: {what_en} open since {since}, {days} days, {open_cents:money} left."
exclusions:
  zh: 100元以下；用途写明诉讼、仲裁的；按先借先还计算，已还清的不计。
  en: Less than 100 yuan; sums under dispute as their purpose says; what was paid back counts against the oldest first.
false_alarms:
  zh: 已报账但冲账凭证没有记；建账时转入的老欠款。
  en: Settled but not yet booked; old claims taken over when the books were opened.
weight: 2
nature: form
status: active
owner: agriculture
source: warnings ZJ16, F08
*/
WITH advances AS (
  SELECT d.village_code, d.set_id, d.debt_id, d.counterpart, d.began_on, d.balance_cents,
         DATE_DIFF('day', COALESCE(d.due_on, d.began_on), $as_of) AS days
  FROM debt d
  WHERE d.direction = 'advance' AND d.balance_cents >= $least_cents AND d.began_on <= $as_of
    AND (d.settled_on IS NULL OR d.settled_on > $as_of) AND NOT REGEXP_MATCHES(d.purpose, '诉讼|仲裁')
), claims AS (
  SELECT l.set_id, l.account, l.party, CAST(SUM(l.debit_cents - l.credit_cents) AS BIGINT) AS open_cents,
         CAST(SUM(l.credit_cents) AS BIGINT) AS paid_cents
  FROM voucher_line l
  WHERE l.account IN (112, 113) AND l.party <> '' AND l.voucher_date <= $as_of
    AND NOT EXISTS (SELECT 1 FROM debt a WHERE a.set_id = l.set_id AND a.direction = 'advance' AND a.counterpart = l.party)
  GROUP BY l.set_id, l.account, l.party HAVING SUM(l.debit_cents - l.credit_cents) >= $least_cents
), debits AS (
  SELECT l.village_code, l.set_id, l.account, l.party, l.line_id, l.voucher_date, c.open_cents, c.paid_cents,
         CAST(SUM(l.debit_cents) OVER (
           PARTITION BY l.set_id, l.account, l.party ORDER BY l.voucher_date, l.line_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS lent_cents
  FROM voucher_line l JOIN claims c ON c.set_id = l.set_id AND c.account = l.account AND c.party = l.party
  WHERE l.account IN (112, 113) AND l.debit_cents <> 0 AND l.voucher_date <= $as_of
), oldest AS (
  SELECT d.village_code, d.set_id, d.account, d.party, MIN(d.voucher_date) AS since, MIN(d.line_id) AS line_id,
         MAX(d.open_cents) AS open_cents, DATE_DIFF('day', MIN(d.voucher_date), $as_of) AS days
  FROM debits d WHERE d.lent_cents > d.paid_cents
  GROUP BY d.village_code, d.set_id, d.account, d.party
), found AS (
  SELECT a.village_code, 'debt:' || CAST(a.debt_id AS VARCHAR) AS subject,
         CASE WHEN a.days > $red_days THEN 3 WHEN a.days > $orange_days THEN 2 ELSE 1 END AS level,
         'debt:' || CAST(a.debt_id AS VARCHAR) AS evidence, a.counterpart AS party, a.began_on AS since,
         a.balance_cents AS open_cents, a.days, '备用金' AS what_zh, 'advance' AS what_en
  FROM advances a WHERE a.days > $yellow_days
  UNION ALL
  SELECT o.village_code, 'voucher_line:' || CAST(o.line_id AS VARCHAR) AS subject,
         CASE WHEN o.days > 2 * $claim_days THEN 2 ELSE 1 END AS level,
         'voucher_line:' || CAST(o.line_id AS VARCHAR) AS evidence, o.party, o.since, o.open_cents, o.days,
         '往来款' AS what_zh, 'claim' AS what_en
  FROM oldest o WHERE o.days > $claim_days
)
SELECT f.village_code, f.subject, '' AS key, f.level, f.evidence, f.party, f.since, f.open_cents, f.days, f.what_zh, f.what_en
FROM found f
