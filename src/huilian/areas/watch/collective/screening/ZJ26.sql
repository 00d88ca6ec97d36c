/*
id: ZJ26
names: {zh: 预算超支, en: Spending over the budget}
group: ZJ
grain: village
reads: [budget_line, account_month]
parameters:
  yellow_percent: {value: 110, unit: percent, zh: 执行到预算的百分之多少提醒, en: Share of the budget that is noticed, origin: default}
  orange_percent: {value: 130, unit: percent, zh: 执行到预算的百分之多少督促, en: Share of the budget that is urged, origin: default}
  least_cents: {value: 50000, unit: cents, zh: 不计较的超支, en: Overspending too small to mind, origin: default}
levels:
  yellow: {zh: 超过预算10%, en: More than 10 per cent over the budget}
  orange: {zh: 超过预算30%, en: More than 30 per cent over}
basis: []
note: {zh: 比例为默认值，县里可改。, en: The shares are defaults; a county may change them.}
explain:
  zh: "{in_year}年科目{sub}预算{budget_cents:money}，已支出{spent_cents:money}。"
  en: "For {in_year} the budget of account {sub} is {budget_cents:money}; {spent_cents:money} is spent."
exclusions:
  zh: 500元以内的超支；预算为零的科目；经决议调整后的预算按新数计算。
  en: Overspending up to 500 yuan; accounts without a budget; a budget changed by decision counts as changed.
false_alarms:
  zh: 年初一次性付清的全年费用记在别的科目。
  en: A yearly cost that was planned on another account.
weight: 1
nature: form
status: active
owner: agriculture
source: F14
*/
WITH planned AS (
  SELECT b.village_code, b.set_id, b.year AS in_year, b.account, b.sub, MIN(b.budget_line_id) AS budget_line_id,
         CAST(SUM(b.amount_cents) AS BIGINT) AS budget_cents
  FROM budget_line b
  WHERE b.account IN (153, 401, 511, 512, 513, 514, 515, 521) AND b.amount_cents > 0
  GROUP BY b.village_code, b.set_id, b.year, b.account, b.sub
), compared AS (
  SELECT p.village_code, p.budget_line_id, p.in_year, p.sub, p.budget_cents,
         CAST(SUM(m.debit_cents) AS BIGINT) AS spent_cents, MAX(m.row_id) AS row_id
  FROM account_month m JOIN planned p ON p.set_id = m.set_id AND p.account = m.account AND p.in_year = m.month // 100
  WHERE (p.sub = m.sub OR p.sub = p.account * 100)
    AND m.month <= EXTRACT(YEAR FROM $as_of) * 100 + EXTRACT(MONTH FROM $as_of)
  GROUP BY p.village_code, p.budget_line_id, p.in_year, p.sub, p.budget_cents
)
SELECT c.village_code, 'budget_line:' || CAST(c.budget_line_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN c.spent_cents * 100 > c.budget_cents * $orange_percent THEN 2 ELSE 1 END AS level,
       'budget_line:' || CAST(c.budget_line_id AS VARCHAR) || ' account_month:' || CAST(c.row_id AS VARCHAR) AS evidence,
       c.in_year, c.sub, c.budget_cents, c.spent_cents
FROM compared c
WHERE c.spent_cents * 100 > c.budget_cents * $yellow_percent AND c.spent_cents - c.budget_cents > $least_cents
