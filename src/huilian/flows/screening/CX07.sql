/*
id: CX07
names: {zh: 执行偏离决议, en: Carried out otherwise than decided}
group: CX
grain: village
reads: [decision, decision_execution, contract]
nature: gain
parameters:
  yellow_percent: {value: 5, unit: percent, zh: 金额超出多少提醒, en: Yellow when the amount is so much over, origin: default}
  orange_percent: {value: 10, unit: percent, zh: 金额超出多少橙色, en: Orange when the amount is so much over, origin: default}
levels:
  yellow: {zh: 执行金额超过决议金额5%, en: 5 % over the amount decided}
  orange: {zh: 执行金额超过决议金额10%, en: 10 % over the amount decided}
  red: {zh: 执行对象不是决议指定的, en: Done with somebody else than the decision names}
basis: []
note: {zh: 超出比例没有全国统一规定，由县里确定。, en: No national rule sets the share; the county does.}
explain:
  zh: "决议{number}“{matter}”金额{amount_cents:money}、对象{named}，执行金额{spent_cents:money}、对象{partner}。"
  en: "Decision {number} “{matter}”: decided {amount_cents:money} with {named}, carried out for {spent_cents:money} with {partner}."
exclusions:
  zh: 已被新决议取代的不预警；合同只比对象，金额按执行记录比。
  en: What a later decision replaced is left out; of contracts only the other party is compared, amounts are those of the entries of execution.
false_alarms:
  zh: 重新表决已通过，还没有登记取代关系。
  en: A new vote has passed and its tie to this one was not entered.
weight: 4
status: active
owner: discipline
source: CX07
*/
WITH act AS (
  SELECT decision_id, COALESCE(amount_cents, 0) AS cents, winner, winner_norm,
         'decision_execution:' || CAST(execution_id AS VARCHAR) AS entry
  FROM decision_execution
  UNION ALL
  SELECT d.decision_id, 0 AS cents, c.party AS winner, c.party_norm AS winner_norm,
         'contract:' || CAST(c.contract_id AS VARCHAR) AS entry
  FROM contract c JOIN decision d ON d.village_code = c.village_code AND d.number = c.decision_no
  WHERE c.decision_no <> '' AND NOT c.is_oral AND c.status <> 'draft'
),
done AS (
  SELECT a.decision_id, CAST(SUM(a.cents) AS BIGINT) AS spent_cents, MIN(a.entry) AS entry,
         MAX(CASE WHEN d.winner_norm <> '' AND a.winner_norm <> '' AND a.winner_norm <> d.winner_norm THEN a.winner END) AS partner
  FROM act a JOIN decision d ON d.decision_id = a.decision_id
  GROUP BY a.decision_id
),
found AS (
  SELECT d.village_code, d.decision_id, d.number, d.subject AS matter, d.amount_cents, NULLIF(d.winner, '') AS named,
         x.spent_cents, x.partner, x.entry,
         CASE WHEN x.partner IS NOT NULL THEN 3
              WHEN x.spent_cents * 100 > d.amount_cents * (100 + $orange_percent) THEN 2
              WHEN x.spent_cents * 100 > d.amount_cents * (100 + $yellow_percent) THEN 1 END AS level
  FROM done x JOIN decision d ON d.decision_id = x.decision_id
  WHERE d.number <> '' AND NOT d.is_replaced
)
SELECT f.village_code, 'decision:' || CAST(f.decision_id AS VARCHAR) AS subject, '' AS key, f.level,
       'decision:' || CAST(f.decision_id AS VARCHAR) || ' ' || f.entry AS evidence,
       f.number, f.matter, f.amount_cents, f.named, f.spent_cents, f.partner
FROM found f
WHERE f.level IS NOT NULL
