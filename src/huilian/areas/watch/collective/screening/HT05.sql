/*
id: HT05
names: {zh: 合同没有民主决策或没有公开, en: "Contract without a decision, or not made public"}
group: HT
grain: village
reads: [contract, cadre, kin]
nature: gain
parameters:
  small_cents: {value: 500000, unit: cents, zh: 合同总额低于多少的不要求, en: Contracts below this value need none, origin: default}
  publish_days: {value: 15, unit: days, zh: 签订后多少天内公布, en: Days after signing to make it public, origin: default}
  window_days: {value: 1826, unit: days, zh: 看多少天以内签订的合同, en: Contracts signed within so many days, origin: default}
levels:
  orange: {zh: 没有决议、决议晚于签订，或签订15天后没有公布, en: "No decision, a decision after signing, or not public 15 days after signing"}
  red: {zh: 没有事前决议，承租人是村干部或其近亲属, en: No decision beforehand and the tenant is an official of the village or near kin of one}
basis:
  - {law: 村民委员会组织法, version: 2025-10-28修订，2026-01-01施行, article: ""}
  - {law: 农村集体经济组织法, version: 2024-06-28通过，2025-05-01施行, article: ""}
note: {zh: 条文序号请以正式文本为准；起点金额和公布天数由县里确定。, en: Check the articles against the official text; the county sets the amount and the days.}
explain:
  zh: "合同{number}（{title}，{party}，{total_cents:money}）签订于{signed_on}；决议号：{decision}，决议日：{decided_on}，公布日：{published_on}。"
  en: "Contract {number} ({title}, {party}, {total_cents:money}) was signed on {signed_on}; decision no.: {decision}, decided on: {decided_on}, made public on: {published_on}."
exclusions:
  zh: 总额不到5000元的、五年以前（改革前）签订的不预警；签订15天以内不看公布。
  en: Left out are contracts below 5,000 yuan and those signed more than five years ago; publication is not looked at within 15 days of signing.
false_alarms:
  zh: 会议开过、公布过，只是没有录入；授权续约的决议号写在原合同上。
  en: The meeting was held and the contract posted but neither was entered; a renewal authorised by the first decision.
weight: 3
status: active
owner: agriculture
source: HT05, C07
*/
WITH flawed AS (
  SELECT village_code, contract_id, number, title, party, party_key, total_cents, signed_on, NULLIF(decision_no, '') AS decision,
         decided_on, published_on,
         decision_no = '' OR COALESCE(decided_on > signed_on, FALSE) AS unvoted,
         published_on IS NULL AND DATE_DIFF('day', signed_on, $as_of) > $publish_days AS unseen
  FROM contract
  WHERE direction = 'income' AND kind IN ('lease', 'contracting', 'sale') AND status <> 'draft'
    AND total_cents >= $small_cents AND DATE_DIFF('day', signed_on, $as_of) BETWEEN 0 AND $window_days
    AND (decision_no = '' OR decided_on > signed_on
         OR (published_on IS NULL AND DATE_DIFF('day', signed_on, $as_of) > $publish_days))
),
office AS (
  SELECT village_code, person_id, person_key, starts_on, COALESCE(ends_on, $as_of) AS left_on FROM cadre
),
tied AS (
  SELECT village_code, person_key AS tied_key, starts_on, left_on FROM office WHERE person_key <> ''
  UNION ALL
  SELECT o.village_code, k.relative_key AS tied_key, o.starts_on, o.left_on
  FROM kin k JOIN office o ON o.person_id = k.person_id WHERE k.relative_key <> ''
),
related AS (
  SELECT DISTINCT f.contract_id
  FROM flawed f JOIN tied t ON t.village_code = f.village_code AND t.tied_key = f.party_key
  WHERE t.starts_on <= f.signed_on AND t.left_on >= f.signed_on
)
SELECT f.village_code, 'contract:' || CAST(f.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN f.unvoted AND f.contract_id IN (SELECT contract_id FROM related) THEN 3 ELSE 2 END AS level,
       'contract:' || CAST(f.contract_id AS VARCHAR) AS evidence,
       f.number, f.title, f.party, f.total_cents, f.signed_on, f.decision, f.decided_on, f.published_on
FROM flawed f
WHERE f.unvoted OR f.unseen
