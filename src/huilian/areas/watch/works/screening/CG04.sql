/*
id: CG04
names: {zh: 采购价格偏离, en: A price off the usual}
group: CG
grain: county
reads: [purchase, project_item]
nature: gain
parameters:
  yellow_percent: {value: 15, unit: percent, zh: 高出多少提示, en: "Reminder above", origin: default}
  orange_percent: {value: 30, unit: percent, zh: 督促, en: "Urged above", origin: default}
  red_percent: {value: 60, unit: percent, zh: 督办, en: "Supervised above", origin: default}
  min_peers: {value: 5, unit: purchases, zh: 没有参考价时至少几次同类采购才比较, en: "Like purchases needed where there is no reference price", origin: default}
  peer_days: {value: 730, unit: days, zh: 比较多少天以内的采购, en: "Purchases within so many days", origin: default}
levels:
  yellow: {zh: 高出参考价或全县同类中位数15%, en: "15 % above the reference price or the county's median"}
  orange: {zh: 高出30%, en: "30 % above"}
  red: {zh: 高出60%, en: "60 % above"}
basis: []
note: {zh: 参考价取自本县造价库；没有参考价的与全县同品目、同规格、同单位的中位数比。, en: "The reference price of the county's library; without one the median of the same item, specification and unit."}
explain:
  zh: "{title}的{name}单价{price_cents:money}，通常{usual_cents:money}，高出{over:percent}。"
  en: "{title}: {name} at {price_cents:money}; the usual price is {usual_cents:money}, {over:percent} less."
exclusions:
  zh: 没有参考价且同类不足5次的。
  en: "Items without a reference price and fewer than 5 like purchases."
false_alarms:
  zh: 质量等级不同、含安装。
  en: "Another quality, installation included."
weight: 3
status: active
owner: agriculture
source: CG04
*/
WITH line AS (
  SELECT p.village_code, p.project_id, p.title, i.item_id, i.name, i.spec, i.measure, i.price_cents, i.reference_cents
  FROM purchase p JOIN project_item i ON i.project_id = p.project_id
  WHERE NOT p.is_given_up AND DATE_DIFF('day', p.bought_on, $as_of) BETWEEN 0 AND $peer_days
),
market AS (
  SELECT name, spec, measure, MEDIAN(price_cents) AS usual FROM line GROUP BY name, spec, measure
  HAVING COUNT(*) >= $min_peers
),
judged AS (
  SELECT l.village_code, l.project_id, l.title, l.item_id, l.name, l.price_cents,
         COALESCE(l.reference_cents, CAST(ROUND(m.usual) AS BIGINT)) AS usual_cents
  FROM line l LEFT JOIN market m ON m.name = l.name AND m.spec = l.spec AND m.measure = l.measure
),
worst AS (
  SELECT village_code, project_id, title, item_id, name, price_cents, usual_cents,
         ROW_NUMBER() OVER (PARTITION BY project_id ORDER BY price_cents * 1.0 / NULLIF(usual_cents, 0) DESC, item_id) AS n
  FROM judged WHERE usual_cents > 0 AND price_cents * 100 > usual_cents * (100 + $yellow_percent)
)
SELECT village_code, 'purchase:' || CAST(project_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN price_cents * 100 > usual_cents * (100 + $red_percent) THEN 3
            WHEN price_cents * 100 > usual_cents * (100 + $orange_percent) THEN 2 ELSE 1 END AS level,
       'purchase:' || CAST(project_id AS VARCHAR) || ' project_item:' || CAST(item_id AS VARCHAR) AS evidence,
       title, name, price_cents, usual_cents, ROUND((price_cents - usual_cents) / NULLIF(usual_cents, 0), 4) AS over
FROM worst WHERE n = 1
