/*
id: CQ07
names: {zh: 拆分或压价规避进场, en: Split or priced to stay off the exchange}
group: CQ
grain: village
reads: [contract, account_set]
nature: gain
parameters:
  limit_cents: {value: 5000000, unit: cents, zh: 账套没有另定时，合同总额达到多少必须进场, en: Contract value that must be traded when the account set has no limit of its own, origin: default}
  near_percent: {value: 95, unit: percent, zh: 达到限额的百分之几算贴近, en: Counts as near the limit from this share, origin: default}
  span_days: {value: 180, unit: days, zh: 前后相隔多少天以内合并看, en: Contracts so close together are looked at as one, origin: default}
  window_days: {value: 1095, unit: days, zh: 看多少天以内签订的合同, en: Contracts signed within so many days, origin: default}
levels:
  yellow: {zh: 合同总额贴着进场限额, en: A value just under the limit of the exchange}
  orange: {zh: 半年内与同一承租人或就同一资产分签几份，各自不到限额、合计达到限额, en: "Within half a year several contracts with one tenant or for one asset, each under the limit, together at or above it"}
basis: []
note: {zh: 进场限额由县里规定；贴近限额只是提示。, en: "The county sets the limit; being near it is only a reminder."}
explain:
  zh: "从{first_on}到{last_on}签订{contracts}份合同（{party}），合计{sum_cents:money}，进场限额{limit_cents:money}，都没有进场。"
  en: "{contracts} contracts ({party}) signed from {first_on} to {last_on}, {sum_cents:money} together; the limit of the exchange is {limit_cents:money} and none was traded."
exclusions:
  zh: 已进场的；续租（由HT11管）；集市摊位、家庭承包；单份达到限额的（由HT04管）。
  en: "What was traded, renewals (HT11), market stalls, household contracting, single contracts at the limit (HT04)."
false_alarms:
  zh: 同一人先后租用互不相干的资产。
  en: One tenant for things that have nothing to do with one another.
weight: 4
status: active
owner: agriculture
source: splitting, just under limit
*/
WITH small AS (
  SELECT c.village_code, c.contract_id, c.asset_id, c.party, c.party_norm, c.total_cents, c.signed_on,
         CASE WHEN s.exchange_limit_cents > 0 THEN s.exchange_limit_cents ELSE $limit_cents END AS limit_cents
  FROM contract c JOIN account_set s ON s.set_id = c.set_id
  WHERE c.direction = 'income' AND c.kind IN ('lease', 'contracting', 'sale') AND c.status <> 'draft'
    AND c.deal_no = '' AND c.mode NOT IN ('renewal', 'exchange') AND c.renews_id IS NULL AND c.total_cents > 0
    AND DATE_DIFF('day', c.signed_on, $as_of) BETWEEN 0 AND $window_days
    AND NOT CONTAINS(c.title, '摊位') AND NOT CONTAINS(c.title, '集市') AND NOT CONTAINS(c.title, '家庭承包')
),
ways AS (
  SELECT village_code, contract_id, party, total_cents, signed_on, limit_cents, 'p' || party_norm AS way
  FROM small WHERE total_cents < limit_cents AND party_norm <> ''
  UNION ALL
  SELECT village_code, contract_id, party, total_cents, signed_on, limit_cents, 'a' || CAST(asset_id AS VARCHAR) AS way
  FROM small WHERE total_cents < limit_cents AND asset_id IS NOT NULL
),
ordered AS (
  SELECT village_code, contract_id, party, total_cents, signed_on, limit_cents, way,
         LAG(signed_on) OVER (PARTITION BY village_code, way ORDER BY signed_on, contract_id) AS before_on
  FROM ways
),
chains AS (
  SELECT village_code, contract_id, party, total_cents, signed_on, limit_cents, way,
         CAST(SUM(CASE WHEN before_on IS NULL OR DATE_DIFF('day', before_on, signed_on) > $span_days THEN 1 ELSE 0 END)
           OVER (PARTITION BY village_code, way ORDER BY signed_on, contract_id
                 ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS chain
  FROM ordered
),
split AS (
  SELECT village_code, MIN(contract_id) AS first_id, COUNT(*) AS contracts, CAST(SUM(total_cents) AS BIGINT) AS sum_cents,
         MIN(signed_on) AS first_on, MAX(signed_on) AS last_on, MIN(party) AS party, MAX(limit_cents) AS limit_cents,
         STRING_AGG('contract:' || CAST(contract_id AS VARCHAR), ' ' ORDER BY contract_id) AS evidence, 2 AS level
  FROM chains GROUP BY village_code, way, chain
  HAVING COUNT(*) BETWEEN 2 AND 20 AND SUM(total_cents) >= MAX(limit_cents)
  UNION ALL
  SELECT village_code, contract_id AS first_id, 1 AS contracts, total_cents AS sum_cents, signed_on AS first_on,
         signed_on AS last_on, party, limit_cents, 'contract:' || CAST(contract_id AS VARCHAR) AS evidence, 1 AS level
  FROM small WHERE total_cents < limit_cents AND total_cents * 100 >= limit_cents * $near_percent
),
best AS (
  SELECT village_code, first_id, contracts, sum_cents, first_on, last_on, party, limit_cents, evidence, level,
         ROW_NUMBER() OVER (PARTITION BY first_id ORDER BY level DESC, sum_cents DESC, evidence, first_id) AS n
  FROM split
)
SELECT village_code, 'contract:' || CAST(first_id AS VARCHAR) AS subject, '' AS key, level, evidence,
       first_on, last_on, contracts, party, sum_cents, limit_cents
FROM best WHERE n = 1
