/*
id: XC01
names: {zh: 整改反弹, en: Repaired and back again}
group: XC
grain: village
reads: [finding]
nature: form
parameters: 
  days: {value: 365, unit: days, zh: 回头看天数, en: Days in which it counts as come back, origin: default}
levels:
  orange: {zh: 同一单位同一要点销号后又查出, en: The same item of the same unit was found again after it was signed off}
basis: []
note: {zh: 整改真实性核验没有上级数值规定，数值由县里确定。, en: No higher rule sets these figures; they are set by the county.}
explain:
  zh: "{number}“{item_text}”在{earlier}销号后又被查出。"
  en: "{number} “{item_text}” was found again after {earlier} had been signed off."
exclusions:
  zh: 没有引用要点的问题不比较。
  en: Findings that cite no item are not compared.
false_alarms:
  zh: 要点相同而事情不同。
  en: The same item, another matter.
weight: 4
status: active
owner: discipline
source: XC01
*/
SELECT n.village_code, 'finding:' || CAST(n.finding_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'finding:' || CAST(n.finding_id AS VARCHAR) || ' finding:' || CAST(MAX(o.finding_id) AS VARCHAR) AS evidence,
       n.number, n.item_text, MAX(o.number) AS earlier
FROM finding n JOIN finding o ON o.unit_id = n.unit_id AND o.item_id = n.item_id AND o.finding_id <> n.finding_id
WHERE o.is_closed AND o.closed_at IS NOT NULL AND n.noted_on <= $as_of
  AND DATE_DIFF('day', CAST(o.closed_at AS DATE), n.noted_on) BETWEEN 0 AND $days
  AND n.source <> 'spread' AND o.source <> 'spread'
GROUP BY n.village_code, n.finding_id, n.number, n.item_text
