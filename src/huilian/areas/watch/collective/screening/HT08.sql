/*
id: HT08
names: {zh: 一次性收取多年租金, en: Many years of rent taken at once}
group: HT
grain: village
reads: [due, contract]
nature: gain
parameters:
  yellow_years: {value: 3, unit: years, zh: 提前收取超过多少年提示, en: Years in advance before a reminder, origin: default}
  orange_years: {value: 5, unit: years, zh: 提前收取超过多少年预警, en: Years in advance before a warning, origin: default}
  red_years: {value: 10, unit: years, zh: 提前收取超过多少年督办, en: Years in advance before supervision, origin: default}
levels:
  yellow: {zh: 收到的租金覆盖今后3年以上, en: Rent received for more than 3 years ahead}
  orange: {zh: 覆盖今后5年以上（超过一届任期）, en: "For more than 5 years ahead, more than a term of office"}
  red: {zh: 覆盖今后10年以上, en: For more than 10 years ahead}
basis: []
note: {zh: 年限由县里确定。, en: The county sets the years.}
explain:
  zh: "合同{number}（{title}，{party}）在{paid_on}已收到{covers_to}为止的租金{paid_cents:money}，提前{years}年。"
  en: "Under contract {number} ({title}, {party}) rent up to {covers_to}, {paid_cents:money}, was taken by {paid_on}: {years} years in advance."
exclusions:
  zh: 每年365.25天计，按付款日到所收租期截止日计算；经决议、合同写明一次性收取用于基础设施建设的，只提示。
  en: Counted in years of 365.25 days from the day of payment to the end of the time paid for; where a decision and the contract say that a lump sum pays for infrastructure it is only a reminder.
false_alarms:
  zh: 押金、预收款误记为租金；上级项目要求一次性付清。
  en: A deposit booked as rent; a lump sum required by a project above.
weight: 3
status: active
owner: agriculture
source: HT08
*/
WITH ahead AS (
  SELECT contract_id, MAX(covers_to) AS covers_to, MIN(paid_on) AS paid_on, CAST(SUM(paid_cents) AS BIGINT) AS paid_cents,
         MAX(due_id) AS due_id
  FROM due
  WHERE paid_cents > 0 AND DATE_DIFF('day', paid_on, covers_to) > $yellow_years * 365.25
  GROUP BY contract_id
)
SELECT c.village_code, 'contract:' || CAST(c.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN c.decision_no <> '' AND CONTAINS(c.text, '一次性') AND CONTAINS(c.text, '基础设施') THEN 1
            WHEN DATE_DIFF('day', a.paid_on, a.covers_to) > $red_years * 365.25 THEN 3
            WHEN DATE_DIFF('day', a.paid_on, a.covers_to) > $orange_years * 365.25 THEN 2 ELSE 1 END AS level,
       'contract:' || CAST(c.contract_id AS VARCHAR) || ' due:' || CAST(a.due_id AS VARCHAR) AS evidence,
       c.number, c.title, c.party, a.paid_on, a.covers_to, a.paid_cents,
       ROUND(CAST(DATE_DIFF('day', a.paid_on, a.covers_to) AS DOUBLE) / 365.25, 1) AS years
FROM ahead a JOIN contract c ON c.contract_id = a.contract_id
WHERE c.direction = 'income' AND c.status = 'active' AND a.covers_to > $as_of
