/*
id: HT07
names: {zh: 承租人是村干部或近亲属, en: Tenant is an official of the village or near kin}
group: HT
grain: village
reads: [contract, asset, cadre, kin]
nature: gain
parameters:
  low_percent: {value: 70, unit: percent, zh: 租金低于本村同类中位数的百分之几算低价, en: Rent below this share of the village's median is low, origin: default}
  min_peers: {value: 3, unit: contracts, zh: 本村同类合同至少多少份才比较, en: Like contracts in the village needed for a comparison, origin: default}
levels:
  yellow: {zh: 通过公开交易或公开竞价取得, en: Won in the open}
  orange: {zh: 协商取得, en: Negotiated}
  red: {zh: 协商取得，租金又低于本村同类的70%, en: Negotiated and the rent is below 70 % of like contracts in the village}
basis: [{law: 农村集体经济组织法, version: 2024-06-28通过，2025-05-01施行, article: ""}]
note: {zh: 条文序号请以正式文本为准；亲属承租不当然违规，看程序和价格。, en: "Check the article against the official text; kin may rent, what counts is procedure and price."}
explain:
  zh: "合同{number}（{title}）的承租人{party}，签订时（{signed_on}）是在任村干部本人或其近亲属；每年{yearly_cents:money}，为本村同类的{share:percent}；公开取得：{in_the_open}。"
  en: "The tenant {party} of contract {number} ({title}) was, when it was signed ({signed_on}), an official of the village in office or near kin of one; {yearly_cents:money} a year, {share:percent} of like contracts here; won in the open: {in_the_open}."
exclusions:
  zh: 只按身份证号密文匹配，不按姓名；签订时干部已离任的、家庭承包的不预警；公开竞得的只提示。
  en: Matched by the keyed digest of the identity number, never by name; officials who had left, and household contracting, are left out; what was won in the open is only a reminder.
false_alarms:
  zh: 亲属关系登记有误；公开竞价的编号没有录入。
  en: Kinship wrongly registered; a number of an open bidding not entered.
weight: 5
status: active
owner: discipline
source: HT07
*/
WITH office AS (
  SELECT village_code, person_id, person_key, starts_on, COALESCE(ends_on, $as_of) AS left_on FROM cadre
),
tied AS (
  SELECT village_code, person_key AS tied_key, starts_on, left_on FROM office WHERE person_key <> ''
  UNION ALL
  SELECT o.village_code, k.relative_key AS tied_key, o.starts_on, o.left_on
  FROM kin k JOIN office o ON o.person_id = k.person_id WHERE k.relative_key <> ''
),
hit AS (
  SELECT DISTINCT c.village_code, c.contract_id
  FROM contract c JOIN tied t ON t.village_code = c.village_code AND t.tied_key = c.party_key
  WHERE c.direction = 'income' AND c.kind IN ('lease', 'contracting', 'sale') AND c.status = 'active'
    AND t.starts_on <= c.signed_on AND t.left_on >= c.signed_on AND NOT CONTAINS(c.title, '家庭承包')
),
rate AS (
  SELECT c.village_code, c.contract_id, a.class, a.land_kind,
         CAST(ROUND(c.yearly_cents / NULLIF(c.area_mu, 0)) AS BIGINT) AS rate_cents
  FROM contract c JOIN asset a ON a.asset_id = c.asset_id
  WHERE c.direction = 'income' AND c.kind IN ('lease', 'contracting') AND c.status = 'active'
    AND c.yearly_cents > 0 AND c.area_mu > 0 AND c.village_code IN (SELECT village_code FROM hit)
),
usual AS (
  SELECT village_code, class, land_kind, MEDIAN(rate_cents) AS usual_cents
  FROM rate GROUP BY village_code, class, land_kind HAVING COUNT(*) > $min_peers
),
priced AS (
  SELECT r.contract_id, ROUND(r.rate_cents / NULLIF(u.usual_cents, 0), 4) AS share
  FROM rate r JOIN usual u ON u.village_code = r.village_code AND u.class = r.class AND u.land_kind = r.land_kind
)
SELECT c.village_code, 'contract:' || CAST(c.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN c.deal_no <> '' OR c.mode IN ('exchange', 'open') THEN 1
            WHEN ROUND(p.share * 100, 2) < $low_percent THEN 3 ELSE 2 END AS level,
       'contract:' || CAST(c.contract_id AS VARCHAR) AS evidence,
       c.number, c.title, c.party, c.signed_on, c.yearly_cents, p.share,
       c.deal_no <> '' OR c.mode IN ('exchange', 'open') AS in_the_open
FROM hit h
JOIN contract c ON c.contract_id = h.contract_id
LEFT JOIN priced p ON p.contract_id = h.contract_id
