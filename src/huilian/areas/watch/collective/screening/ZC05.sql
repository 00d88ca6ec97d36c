/*
id: ZC05
names: {zh: 租金明显低于同类, en: Rent well below that of like property}
group: ZC
grain: county
reads: [contract, asset, account_set]
nature: gain
parameters:
  yellow_percent: {value: 80, unit: percent, zh: 低于同类中位数的百分之几提示, en: Reminder below this share of the median, origin: default}
  orange_percent: {value: 60, unit: percent, zh: 低于同类中位数的百分之几预警, en: Warning below this share of the median, origin: default}
  red_percent: {value: 40, unit: percent, zh: 低于同类中位数的百分之几督办, en: Supervision below this share of the median, origin: default}
  min_peers: {value: 8, unit: contracts, zh: 同乡镇同类合同至少多少份才比较, en: Like contracts in the township needed for a comparison, origin: default}
  peer_days: {value: 1826, unit: days, zh: 只比较多少天以内签订的合同, en: Only contracts signed within so many days, origin: default}
levels:
  yellow: {zh: 低于同乡镇同类租金中位数的80%, en: Below 80 % of the median rent of like property in the township}
  orange: {zh: 低于60%, en: Below 60 %}
  red: {zh: 低于40%, en: Below 40 %}
basis: []
note: {zh: 没有统一比例，由县里确定；是否贱租要看地段、投入和当时行情。, en: "No rule of law fixes a share; the county does. Site, investment and the prices of the time decide whether it was too cheap."}
explain:
  zh: "合同{number}（{party}，{name}）每亩每年{rate_cents:money}，同乡镇{peers}份同类合同的中位数是{usual_cents:money}，只有{share:percent}。"
  en: "Contract {number} ({party}, {name}) brings {rate_cents:money} a mu and year; the median of {peers} like contracts in the township is {usual_cents:money}: it is {share:percent} of that."
exclusions:
  zh: 只比较五年内签订、同乡镇、同类资产、同地类的合同；进场公开交易成交的不预警；同类不足8份的不比较；零租金由ZC04管。
  en: Compared are contracts of the last five years for the same class and kind of land in one township; deals on the exchange, groups of fewer than 8 and free use (ZC04) are left out.
false_alarms:
  zh: 地块偏远、贫瘠；承租人自己投入修建；租金部分以实物或修缮抵付。
  en: A remote or poor parcel; a tenant who builds at his own cost; rent partly paid in kind or by repairs.
weight: 3
status: active
owner: agriculture
source: ZC05, C04
*/
WITH lease AS (
  SELECT c.village_code, c.contract_id, c.asset_id, c.number, c.party, c.deal_no, a.name, a.class, a.land_kind, s.township_code,
         CAST(ROUND(c.yearly_cents / NULLIF(c.area_mu, 0)) AS BIGINT) AS rate_cents
  FROM contract c
  JOIN asset a ON a.asset_id = c.asset_id
  JOIN account_set s ON s.set_id = c.set_id
  WHERE c.direction = 'income' AND c.kind IN ('lease', 'contracting') AND c.status = 'active'
    AND c.yearly_cents > 0 AND c.area_mu > 0 AND DATE_DIFF('day', c.signed_on, $as_of) BETWEEN 0 AND $peer_days
),
market AS (
  SELECT township_code, class, land_kind, COUNT(*) AS peers, MEDIAN(rate_cents) AS usual
  FROM lease
  GROUP BY township_code, class, land_kind
  HAVING COUNT(*) >= $min_peers
)
SELECT l.village_code, 'contract:' || CAST(l.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN l.rate_cents * 100 < m.usual * $red_percent THEN 3
            WHEN l.rate_cents * 100 < m.usual * $orange_percent THEN 2 ELSE 1 END AS level,
       'contract:' || CAST(l.contract_id AS VARCHAR) || ' asset:' || CAST(l.asset_id AS VARCHAR) AS evidence,
       l.number, l.party, l.name, l.rate_cents, CAST(ROUND(m.usual) AS BIGINT) AS usual_cents, m.peers,
       ROUND(l.rate_cents / NULLIF(m.usual, 0), 4) AS share
FROM lease l
JOIN market m ON m.township_code = l.township_code AND m.class = l.class AND m.land_kind = l.land_kind
WHERE l.deal_no = '' AND l.rate_cents * 100 < m.usual * $yellow_percent
