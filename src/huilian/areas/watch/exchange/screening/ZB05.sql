/*
id: ZB05
names: {zh: 保证金同源, en: Deposits from one account}
group: ZB
grain: village
reads: [registration, deposit]
nature: gain
parameters: {}
levels:
  red: {zh: 不同投标人的保证金来自同一账户，或者填的是同一退款账户, en: "Deposits of different bidders came from one account, or are to go back to one"}
basis:
  - {law: 招标投标法实施条例, version: 2019-03-02修订, article: 第四十条}
note: {zh: 第四十条：不同投标人的投标保证金从同一单位或者个人的账户转出，视为串通投标。其他交易参照。, en: "Art. 40 takes deposits out of one account as collusion in tenders; other trades are judged alike."}
explain:
  zh: "{numbers}共{bidders}个投标人的保证金来自或退往同一账户。"
  en: "The deposits of {bidders} bidders ({numbers}) came from, or go back to, one account."
exclusions:
  zh: 撤回的报名。
  en: Registrations withdrawn.
false_alarms:
  zh: 担保机构统一出函；家庭成员借用账户。
  en: A guarantee firm paying for several; one account in a family.
weight: 5
status: active
owner: discipline
source: ZB05
*/
WITH used AS (
  SELECT village_code, lot_id, registration_id, account_norm FROM registration
  WHERE account_norm <> '' AND state <> 'withdrawn'
  UNION
  SELECT village_code, lot_id, registration_id, account_norm FROM deposit WHERE account_norm <> ''
),
twice AS (
  SELECT lot_id, account_norm FROM used GROUP BY lot_id, account_norm HAVING COUNT(*) BETWEEN 2 AND 20
),
shared AS (
  SELECT u.village_code, u.lot_id, COUNT(*) AS bidders, MIN(u.registration_id) AS first_id,
         STRING_AGG(r.number, '、' ORDER BY r.registration_id) AS numbers,
         STRING_AGG('registration:' || CAST(r.registration_id AS VARCHAR), ' ' ORDER BY r.registration_id) AS evidence
  FROM used u JOIN twice t ON t.lot_id = u.lot_id AND t.account_norm = u.account_norm
  JOIN registration r ON r.registration_id = u.registration_id AND r.state <> 'withdrawn'
  GROUP BY u.village_code, u.lot_id, u.account_norm
  HAVING COUNT(*) > 1
)
SELECT village_code, 'bidding:' || CAST(lot_id AS VARCHAR) AS subject, CAST(first_id AS VARCHAR) AS key, 3 AS level,
       MIN(evidence) AS evidence, MIN(numbers) AS numbers, MAX(bidders) AS bidders
FROM shared
GROUP BY village_code, lot_id, first_id
