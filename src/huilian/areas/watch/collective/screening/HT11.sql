/*
id: HT11
names: {zh: 续约不竞价不涨租, en: Renewed without competition at the same rent}
group: HT
grain: village
reads: [contract]
nature: gain
parameters:
  window_days: {value: 1826, unit: days, zh: 看多少天以内签订的续约, en: Renewals signed within so many days, origin: default}
levels:
  yellow: {zh: 同一承租人续约，没有公开，租金没有提高, en: "Same tenant, nothing made public beforehand, rent not higher"}
  orange: {zh: 连续第二次这样续约, en: The same for the second time running}
basis: [{law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第七百三十四条}]
note: {zh: 原承租人在同等条件下优先承租，前提是有“同等条件”可比，因此要先公开。, en: "The tenant comes first under equal conditions, so there must be conditions to compare: it has to be public first."}
explain:
  zh: "合同{number}（{title}，{party}）由{old_number}续签，每年{yearly_cents:money}（原来{old_cents:money}），续签前没有公开招租。"
  en: "Contract {number} ({title}, {party}) renews {old_number} at {yearly_cents:money} a year (before: {old_cents:money}); nothing was made public beforehand."
exclusions:
  zh: 续签前已公开并有决议（原承租人依法优先）、进场或公开竞价、租金提高的、公益用房不预警。
  en: Left out are renewals made public and decided beforehand (lawful priority), deals in the open, a higher rent, and letting for public services.
false_alarms:
  zh: 市场租金本身下降；续约同时减少了面积。
  en: Rents have fallen; less area at the renewal.
weight: 2
status: active
owner: agriculture
source: HT11
*/
WITH renewal AS (
  SELECT village_code, contract_id, number, title, party, party_norm, yearly_cents, COALESCE(area_mu, 0) AS area_mu, renews_id
  FROM contract
  WHERE renews_id IS NOT NULL AND direction = 'income' AND kind IN ('lease', 'contracting') AND status <> 'draft'
    AND DATE_DIFF('day', signed_on, $as_of) BETWEEN 0 AND $window_days
    AND deal_no = '' AND mode NOT IN ('exchange', 'open') AND yearly_cents > 0
    AND NOT (decision_no <> '' AND COALESCE(decided_on <= signed_on, FALSE) AND COALESCE(published_on < signed_on, FALSE))
    AND NOT CONTAINS(title, '学校') AND NOT CONTAINS(title, '卫生室') AND NOT CONTAINS(title, '幼儿园')
),
former AS (
  SELECT contract_id, number, party_norm, yearly_cents, COALESCE(area_mu, 0) AS area_mu, renews_id
  FROM contract
  WHERE contract_id IN (SELECT renews_id FROM renewal)
)
SELECT r.village_code, 'contract:' || CAST(r.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN f.renews_id IS NOT NULL THEN 2 ELSE 1 END AS level,
       'contract:' || CAST(r.contract_id AS VARCHAR) || ' contract:' || CAST(f.contract_id AS VARCHAR) AS evidence,
       r.number, r.title, r.party, f.number AS old_number, r.yearly_cents, f.yearly_cents AS old_cents
FROM renewal r JOIN former f ON f.contract_id = r.renews_id
WHERE f.party_norm = r.party_norm AND r.yearly_cents <= f.yearly_cents AND r.area_mu >= f.area_mu
