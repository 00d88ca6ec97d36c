/*
id: HT06
names: {zh: 口头合同或有租金没有合同, en: "By word of mouth, or rent without a contract"}
group: HT
grain: village
reads: [contract, asset, voucher, voucher_line]
nature: form
parameters:
  orange_days: {value: 365, unit: days, zh: 超过多少天预警, en: Days before a warning, origin: default}
  least_cents: {value: 100000, unit: cents, zh: 一年内同一交款人租金合计超过多少才看, en: Rent from one payer within the window before it is looked at, origin: default}
  window_days: {value: 730, unit: days, zh: 看多少天以内的租金收入, en: Rent of how many days back, origin: default}
levels:
  yellow: {zh: 口头合同、出租却没有合同，或收了租金查不到合同, en: "An oral contract, a letting without one, or rent from somebody with no contract"}
  orange: {zh: 这种状态超过一年, en: The same for more than a year}
basis: [{law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第七百零七条}]
note: {zh: 租期六个月以上的应当用书面形式；金额和天数由县里确定。, en: Terms of six months and more must be in writing; the county sets amounts and days.}
explain:
  zh: "{what}（{number}）从{since}起没有书面合同，涉及{amount_cents:money}。"
  en: "{what} ({number}) has had no written contract since {since}; {amount_cents:money} is concerned."
exclusions:
  zh: 集市摊位费、临时场地费、租期不到180天的口头约定、两年内合计不超过1000元的零星租金、已冲销的凭证不预警。
  en: Left out are market stalls, short use of grounds, oral terms below 180 days, rent of up to 1,000 yuan in two years and reversed vouchers.
false_alarms:
  zh: 交款人用了店名，合同用了人名；代家人交租。
  en: The payer gave the name of the shop and the contract that of a person; paid for a relative.
weight: 2
status: active
owner: agriculture
source: HT06
*/
WITH rent AS (
  SELECT village_code, voucher_id, CAST(SUM(credit_cents) AS BIGINT) AS rent_cents
  FROM voucher_line
  WHERE sub = 50102 AND credit_cents > 0
    AND DATE_DIFF('day', voucher_date, $as_of) BETWEEN 0 AND $window_days
  GROUP BY village_code, voucher_id
),
paid AS (
  SELECT v.village_code, v.payee_norm, MIN(v.payee) AS payee, MIN(v.voucher_date) AS since, MAX(v.voucher_id) AS last_id,
         MIN(v.voucher_id) AS first_id, CAST(SUM(r.rent_cents) AS BIGINT) AS amount_cents
  FROM rent r JOIN voucher v ON v.voucher_id = r.voucher_id
  WHERE v.kind = 'receipt' AND v.contract_no = '' AND v.payee_norm <> '' AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND NOT CONTAINS(v.summary, '摊位') AND NOT CONTAINS(v.summary, '集市') AND NOT CONTAINS(v.summary, '临时')
  GROUP BY v.village_code, v.payee_norm
  HAVING SUM(r.rent_cents) > $least_cents
),
found AS (
  SELECT village_code, 'contract:' || CAST(contract_id AS VARCHAR) AS subject, '' AS key,
         'contract:' || CAST(contract_id AS VARCHAR) AS evidence, title AS what, number, starts_on AS since,
         total_cents AS amount_cents
  FROM contract
  WHERE is_oral AND direction = 'income' AND status = 'active' AND DATE_DIFF('day', starts_on, ends_on) >= 180
    AND NOT CONTAINS(title, '摊位') AND NOT CONTAINS(title, '集市') AND NOT CONTAINS(title, '临时')
  UNION ALL
  SELECT village_code, 'asset:' || CAST(asset_id AS VARCHAR) AS subject, '' AS key,
         'asset:' || CAST(asset_id AS VARCHAR) AS evidence, name AS what, number, status_since AS since,
         original_cents AS amount_cents
  FROM asset
  WHERE status = 'let'
    AND asset_id NOT IN (SELECT asset_id FROM contract WHERE asset_id IS NOT NULL AND direction = 'income' AND status <> 'draft')
    AND NOT CONTAINS(name, '摊位') AND NOT CONTAINS(name, '集市')
  UNION ALL
  SELECT p.village_code, 'village:' || CAST(p.village_code AS VARCHAR) AS subject, SUBSTR(MD5(p.payee_norm), 1, 12) AS key,
         CASE WHEN p.first_id = p.last_id THEN 'voucher:' || CAST(p.first_id AS VARCHAR)
              ELSE 'voucher:' || CAST(p.first_id AS VARCHAR) || ' voucher:' || CAST(p.last_id AS VARCHAR) END AS evidence,
         p.payee AS what, '' AS number, p.since, p.amount_cents
  FROM paid p
  LEFT JOIN contract c ON c.village_code = p.village_code AND c.party_norm = p.payee_norm AND c.status <> 'draft'
  WHERE c.contract_id IS NULL
)
SELECT f.village_code, f.subject, f.key,
       CASE WHEN DATE_DIFF('day', f.since, $as_of) > $orange_days THEN 2 ELSE 1 END AS level,
       f.evidence, f.what, NULLIF(f.number, '') AS number, f.since, f.amount_cents
FROM found f
WHERE f.since <= $as_of
