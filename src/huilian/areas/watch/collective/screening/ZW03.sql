/*
id: ZW03
names: {zh: 负债率过高, en: Debt too high for the income}
group: ZW
grain: village
reads: [debt, account_month, account_set]
nature: form
parameters:
  yellow_times: {value: 1, unit: times, zh: 负债超过年收入多少倍提示, en: Debt as a multiple of a year's income before a reminder, origin: default}
  orange_times: {value: 2, unit: times, zh: 超过多少倍预警, en: Multiple before a warning, origin: default}
  red_times: {value: 3, unit: times, zh: 超过多少倍督办, en: Multiple before supervision, origin: default}
  least_cents: {value: 1000000, unit: cents, zh: 负债不超过多少的不看, en: Debt up to this is not looked at, origin: default}
levels:
  yellow: {zh: 负债超过一年收入, en: Debt above one year's income}
  orange: {zh: 超过两年收入, en: Above two years' income}
  red: {zh: 超过三年收入，或没有收入, en: "Above three years' income, or no income at all"}
basis: []
note: {zh: 倍数由县里确定。收入为近12个月经营、投资、补助和其他收入。, en: "The county sets the multiples. Income: operating, investment, grants and other of the last 12 months."}
explain:
  zh: "村集体尚欠{debts}笔共{owed_cents:money}，近12个月收入{income_cents:money}，负债是收入的{times}倍。"
  en: "The collective owes {owed_cents:money} in {debts} debts; its income of the last 12 months is {income_cents:money}: {times} times."
exclusions:
  zh: 负债1万元以内、建账不满一年的、写明周转或过桥且未到期的不算。
  en: Not counted are debts up to 10,000 yuan in all, books of less than a year, and bridging loans not yet due.
false_alarms:
  zh: 项目款未到账的一次性垫付；收入按年一次入账，正好落在12个月以外。
  en: A project paid in advance of its grant; income booked once a year just outside the 12 months.
weight: 3
status: active
owner: agriculture
source: ZW03
*/
WITH owed AS (
  SELECT set_id, village_code, COUNT(*) AS debts, CAST(SUM(balance_cents) AS BIGINT) AS owed_cents
  FROM debt
  WHERE direction = 'borrowed' AND settled_on IS NULL AND balance_cents > 0
    AND NOT ((CONTAINS(purpose, '周转') OR CONTAINS(purpose, '过桥')) AND due_on >= $as_of)
  GROUP BY set_id, village_code
  HAVING SUM(balance_cents) > $least_cents
),
earned AS (
  SELECT set_id, CAST(SUM(credit_cents) AS BIGINT) AS income_cents
  FROM account_month
  WHERE account IN (501, 502, 503, 504)
    AND month > (EXTRACT(YEAR FROM $as_of) - 1) * 100 + EXTRACT(MONTH FROM $as_of)
    AND month <= EXTRACT(YEAR FROM $as_of) * 100 + EXTRACT(MONTH FROM $as_of)
  GROUP BY set_id
),
listed AS (
  SELECT set_id, STRING_AGG('debt:' || CAST(debt_id AS VARCHAR), ' ' ORDER BY place) AS evidence
  FROM (
    SELECT set_id, debt_id, ROW_NUMBER() OVER (PARTITION BY set_id ORDER BY balance_cents DESC, debt_id) AS place
    FROM debt
    WHERE direction = 'borrowed' AND settled_on IS NULL AND balance_cents > 0 AND set_id IN (SELECT set_id FROM owed)
  ) AS ranked
  WHERE place <= 20
  GROUP BY set_id
),
judged AS (
  SELECT o.village_code, o.set_id, o.debts, o.owed_cents, COALESCE(e.income_cents, 0) AS income_cents
  FROM owed o
  JOIN account_set s ON s.set_id = o.set_id
  LEFT JOIN earned e ON e.set_id = o.set_id
  WHERE DATE_DIFF('day', s.starts_on, $as_of) >= 365 AND s.closed_on IS NULL
)
SELECT j.village_code, 'set:' || CAST(j.set_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN j.owed_cents > $red_times * j.income_cents THEN 3
            WHEN j.owed_cents > $orange_times * j.income_cents THEN 2 ELSE 1 END AS level,
       l.evidence, j.debts, j.owed_cents, j.income_cents, ROUND(j.owed_cents / NULLIF(j.income_cents, 0), 2) AS times
FROM judged j JOIN listed l ON l.set_id = j.set_id
WHERE j.owed_cents > $yellow_times * j.income_cents
