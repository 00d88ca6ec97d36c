/*
id: GC09
names: {zh: 工程量超出尺寸, en: A quantity that does not fit the size}
group: GC
grain: village
reads: [project, project_item]
nature: gain
parameters:
  tolerance_percent: {value: 5, unit: percent, zh: 允许误差, en: "Tolerance", origin: default}
  grams: {value: 2900, unit: kg per cubic metre, zh: 最重的铺筑材料每立方米公斤数, en: "The heaviest material that is laid, kilograms a cubic metre", origin: default}
levels:
  red: {zh: 按长宽厚放不下这么多, en: "More than length, width and depth hold"}
basis: []
note: {zh: 只用登记的长、宽、厚和计量单位推算；密度上限取花岗岩。, en: "Worked out from the measured length, width, depth and the unit; the bound is the density of granite."}
explain:
  zh: "{title}的{name}工程量{quantity}{measure}，按尺寸最多{most}{measure}。"
  en: "{title}: {quantity} {measure} of {name}; by its size at most {most} {measure}."
exclusions:
  zh: 没有登记尺寸的项；不按立方米、平方米、吨计的项。
  en: "Lines without a size; lines not counted in cubic or square metres or tonnes."
false_alarms:
  zh: 单位填错；变截面、放坡。
  en: "A wrong unit; a changing section, a slope."
weight: 4
status: active
owner: agriculture
source: GC09
*/
WITH held AS (
  SELECT i.project_id, i.item_id, i.name, i.measure, i.quantity,
         CASE WHEN i.measure IN ('m³', 'm3', '立方米') AND i.depth_m > 0 THEN i.length_m * i.width_m * i.depth_m
              WHEN i.measure IN ('t', '吨') AND i.depth_m > 0 THEN i.length_m * i.width_m * i.depth_m * $grams / 1000.0
              WHEN i.measure IN ('m²', 'm2', '平方米') THEN i.length_m * i.width_m END AS most
  FROM project_item i
  WHERE NOT i.is_purchase AND i.length_m > 0 AND i.width_m > 0 AND i.written_on <= $as_of
),
wrong AS (
  SELECT project_id, item_id, name, measure, quantity, most,
         ROW_NUMBER() OVER (PARTITION BY project_id ORDER BY quantity / NULLIF(most, 0) DESC, item_id) AS n
  FROM held WHERE most > 0 AND quantity * 100 > most * (100 + $tolerance_percent)
)
SELECT p.village_code, 'project:' || CAST(p.project_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'project:' || CAST(p.project_id AS VARCHAR) || ' project_item:' || CAST(w.item_id AS VARCHAR) AS evidence,
       p.title, w.name, ROUND(w.quantity, 2) AS quantity, w.measure, ROUND(w.most, 2) AS most
FROM wrong w JOIN project p ON p.project_id = w.project_id
WHERE w.n = 1 AND NOT p.is_given_up
