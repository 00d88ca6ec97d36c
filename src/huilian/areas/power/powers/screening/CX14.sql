/*
id: CX14
names: {zh: 清单外用权、触碰负面清单, en: Power off the list or a forbidden act}
group: CX
grain: village
reads: [item_case, negative_mark, power_item]
parameters:
  window_days: {value: 365, unit: days, zh: 看多少天以内发起的清单外事项, en: Off-list cases opened within so many days, origin: default}
levels:
  yellow: {zh: 办理的事项不在本单位现行权力清单内, en: The unit's list in force does not hold the power used}
  red: {zh: 办理过程触碰负面清单, en: A forbidden act was found in the case}
basis: []
note: {zh: 三清单为本县公布的规范性清单，依据见各事项所列法规；没有可引用的统一条文。, en: "The lists are the county's own; each item names its law, there is no one provision to cite."}
explain:
  zh: "{unit_name}办理{number}“{title}”，事项{code}{what_zh}"
  en: "{unit_name} runs {number} “{title}” under {code}: {what_en}"
exclusions:
  zh: 标记已由县里核实解除的、清单公布前已经发起并按旧版清单办理的不预警。
  en: Left out are marks that the county has lifted, and cases begun under an earlier list that held the power.
false_alarms:
  zh: 清单没有及时更新，新增事项还没有列入。
  en: The list is out of date and a new power is not in it yet.
weight: 3
status: active
owner: agriculture
source: CX14
*/
WITH marked AS (
  SELECT m.item_case_id, MIN(m.negative_mark_id) AS first_mark,
         STRING_AGG('negative_mark:' || CAST(m.negative_mark_id AS VARCHAR), ' ' ORDER BY m.negative_mark_id) AS marks
  FROM negative_mark m
  WHERE m.marked_on <= $as_of
  GROUP BY m.item_case_id
),
named AS (
  SELECT k.item_case_id, k.marks, i.code, i.name_zh, i.name_en
  FROM marked k
  JOIN negative_mark m ON m.negative_mark_id = k.first_mark
  JOIN power_item i ON i.power_item_id = m.power_item_id
)
SELECT c.village_code, 'item_case:' || CAST(c.item_case_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN n.item_case_id IS NOT NULL THEN 3 ELSE 1 END AS level,
       'item_case:' || CAST(c.item_case_id AS VARCHAR) || COALESCE(' ' || n.marks, '') AS evidence,
       c.unit_name, c.number, c.title, c.code,
       CASE WHEN n.item_case_id IS NOT NULL THEN '触碰负面清单' || n.code || '（' || n.name_zh || '）'
            ELSE '不在现行权力清单内' END AS what_zh,
       CASE WHEN n.item_case_id IS NOT NULL THEN 'forbidden act ' || n.code || ' (' || n.name_en || ')'
            ELSE 'the list in force does not hold it' END AS what_en
FROM item_case c
LEFT JOIN named n ON n.item_case_id = c.item_case_id
WHERE n.item_case_id IS NOT NULL
   OR (c.power_item_id IS NULL AND DATE_DIFF('day', c.opened_on, $as_of) BETWEEN 0 AND $window_days)
