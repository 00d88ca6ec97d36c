/*
id: HT02
names: {zh: 租金逾期, en: Rent overdue}
group: HT
grain: village
reads: [due, contract]
nature: form
parameters:
  yellow_days: {value: 15, unit: days, zh: 逾期超过多少天提示, en: Days overdue before a reminder, origin: default}
  orange_days: {value: 60, unit: days, zh: 逾期超过多少天预警, en: Days overdue before a warning, origin: default}
  red_days: {value: 90, unit: days, zh: 逾期超过多少天督办, en: Days overdue before supervision, origin: default}
  harvest_days: {value: 30, unit: days, zh: 土地发包的收获期宽限天数, en: Days of grace for land until the harvest is sold, origin: default}
  small_cents: {value: 10000, unit: cents, zh: 欠款不超过多少的不预警, en: Open sums up to this are left alone, origin: default}
levels:
  yellow: {zh: 逾期超过15天（土地发包再加30天宽限）, en: More than 15 days overdue (30 more for land)}
  orange: {zh: 逾期超过60天, en: More than 60 days overdue}
  red: {zh: 逾期超过90天, en: More than 90 days overdue}
basis: [{law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第七百二十二条}]
note: {zh: 天数由县里确定。, en: The county sets the days.}
explain:
  zh: "合同{number}（{party}）欠租{open_cents:money}，共{times}期，最早一期{oldest}到期，已逾期{days}天。"
  en: "Contract {number} ({party}) owes {open_cents:money} in {times} instalments; the oldest fell due on {oldest}, {days} days ago."
exclusions:
  zh: 欠款100元以内、支出合同和草稿不预警；土地发包另给30天收获期宽限。
  en: Left out are open sums of up to 100 yuan, contracts that cost money and drafts; land has 30 more days until the harvest is sold.
false_alarms:
  zh: 钱已到账但没有核销到这份合同；双方约定收获后付款，计划没有改。
  en: Money came in but was not set against this contract; payment after harvest agreed but the schedule not changed.
weight: 3
status: active
owner: agriculture
source: HT02, C03
*/
WITH late AS (
  SELECT contract_id, due_id, due_on, amount_cents - paid_cents AS open_cents
  FROM due
  WHERE paid_cents < amount_cents AND DATE_DIFF('day', due_on, $as_of) > $yellow_days
),
owed AS (
  SELECT contract_id, MIN(due_on) AS oldest, COUNT(*) AS times, CAST(SUM(open_cents) AS BIGINT) AS open_cents, MIN(due_id) AS due_id
  FROM late
  GROUP BY contract_id
),
several AS (
  SELECT contract_id, due_id, ROW_NUMBER() OVER (PARTITION BY contract_id ORDER BY due_on, due_id) AS place
  FROM late
  WHERE contract_id IN (SELECT contract_id FROM owed WHERE times > 1)
),
listed AS (
  SELECT contract_id, STRING_AGG('due:' || CAST(due_id AS VARCHAR), ' ' ORDER BY place) AS dues
  FROM several
  WHERE place <= 19
  GROUP BY contract_id
),
judged AS (
  SELECT c.village_code, c.contract_id, c.number, c.party, o.oldest, o.times, o.open_cents,
         COALESCE(l.dues, 'due:' || CAST(o.due_id AS VARCHAR)) AS dues,
         DATE_DIFF('day', o.oldest, $as_of) AS days,
         CASE WHEN c.kind = 'contracting' THEN $harvest_days ELSE 0 END AS grace_days
  FROM owed o
  JOIN contract c ON c.contract_id = o.contract_id
  LEFT JOIN listed l ON l.contract_id = o.contract_id
  WHERE c.direction = 'income' AND c.status <> 'draft' AND o.open_cents > $small_cents
)
SELECT j.village_code, 'contract:' || CAST(j.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN j.days - j.grace_days > $red_days THEN 3 WHEN j.days - j.grace_days > $orange_days THEN 2 ELSE 1 END AS level,
       'contract:' || CAST(j.contract_id AS VARCHAR) || ' ' || j.dues AS evidence,
       j.number, j.party, j.open_cents, j.times, j.oldest, j.days
FROM judged j
WHERE j.days - j.grace_days > $yellow_days
