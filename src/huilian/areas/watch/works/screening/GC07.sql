/*
id: GC07
names: {zh: 单价高于参考价, en: Unit price above the library}
group: GC
grain: village
reads: [project, project_item]
nature: gain
parameters:
  yellow_percent: {value: 10, unit: percent, zh: 高出多少提示, en: "Reminder above", origin: default}
  orange_percent: {value: 20, unit: percent, zh: 督促, en: "Urged above", origin: default}
  red_percent: {value: 40, unit: percent, zh: 督办, en: "Supervised above", origin: default}
  weight_percent: {value: 5, unit: percent, zh: 该项至少占预算的百分之几, en: "The line is at least this share of the budget", origin: default}
levels:
  yellow: {zh: 高出参考价10%, en: "10 % above the reference price"}
  orange: {zh: 高出20%, en: "20 % above"}
  red: {zh: 高出40%, en: "40 % above"}
basis: []
note: {zh: 参考价取自本县造价库，预算编制当时的价格。, en: "The reference price is that of the county's library when the budget was written."}
explain:
  zh: "{title}的{name}单价{price_cents:money}，造价库参考价{reference_cents:money}，高出{over:percent}。"
  en: "{title}: {name} at {price_cents:money}, reference price {reference_cents:money}, {over:percent} above."
exclusions:
  zh: 造价库没有的工序；占预算很小的项；采购由CG04管。
  en: "Procedures the library does not know; lines that hardly count; purchases (CG04)."
false_alarms:
  zh: 山区运距远、小批量。
  en: "A long haul, a small quantity."
weight: 3
status: active
owner: agriculture
source: GC07
*/
WITH over AS (
  SELECT i.project_id, i.item_id, i.name, i.price_cents, i.reference_cents,
         ROW_NUMBER() OVER (PARTITION BY i.project_id
           ORDER BY i.price_cents * 1.0 / NULLIF(i.reference_cents, 0) DESC, i.item_id) AS n
  FROM project_item i JOIN project p ON p.project_id = i.project_id
  WHERE NOT i.is_purchase AND i.reference_cents > 0 AND NOT p.is_given_up AND i.written_on <= $as_of
    AND i.price_cents * 100 > i.reference_cents * (100 + $yellow_percent)
    AND i.amount_cents * 100 >= p.budget_cents * $weight_percent
)
SELECT p.village_code, 'project:' || CAST(p.project_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN o.price_cents * 100 > o.reference_cents * (100 + $red_percent) THEN 3
            WHEN o.price_cents * 100 > o.reference_cents * (100 + $orange_percent) THEN 2 ELSE 1 END AS level,
       'project:' || CAST(p.project_id AS VARCHAR) || ' project_item:' || CAST(o.item_id AS VARCHAR) AS evidence,
       p.title, o.name, o.price_cents, o.reference_cents,
       ROUND((o.price_cents - o.reference_cents) / NULLIF(o.reference_cents, 0), 4) AS over
FROM over o JOIN project p ON p.project_id = o.project_id
WHERE o.n = 1
