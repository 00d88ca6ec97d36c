/*
id: SP10
names: {zh: 插队办理, en: Queue jumping}
group: SP
grain: village
reads: [matter]
nature: form
class: pairwise
parameters: 
  yellow_count: {value: 3, unit: cases, zh: 越过几件提示, en: Cases passed over before a notice, origin: default}
  orange_count: {value: 10, unit: cases, zh: 越过几件预警, en: Cases passed over before a warning, origin: default}
levels:
  yellow: {zh: 越过3件以上更早的同类办件, en: Done before three or more older ones of the same kind}
  orange: {zh: 越过10件以上, en: Done before ten or more}
basis: []
note: {zh: 各地电子监察办法的通行做法；数值由县里确定。, en: As places with electronic monitoring do it; the county sets the figures.}
explain:
  zh: "{number}于{closed_on}办结时，同一单位同类还有{passed}件更早收到的没有办结。"
  en: "When {number} was closed on {closed_on}, {passed} older cases of the same unit and class were not."
exclusions:
  zh: 同一天收到的不比较；只看近90天办结的。
  en: Cases of the same day are not compared; only those closed in the last ninety days.
false_alarms:
  zh: 绿色通道、急难救助。
  en: A green channel; urgent help.
weight: 1
status: active
owner: discipline
source: SP10
*/
WITH done AS (
  SELECT m.village_code, m.matter_id, m.number, m.unit_id, m.procedure_key, m.class_key, CAST(m.received_at AS DATE) AS received_on, CAST(m.closed_at AS DATE) AS closed_on, m.closed_at
  FROM matter m
  WHERE m.state = 'closed' AND m.class_key <> '' AND m.unit_id > 0 AND DATE_DIFF('day', CAST(m.closed_at AS DATE), $as_of) <= 90
),
passed AS (
  SELECT d.matter_id, COUNT(*) AS n
  FROM done d
  JOIN matter o ON o.unit_id = d.unit_id AND o.procedure_key = d.procedure_key AND o.class_key = d.class_key
  WHERE CAST(o.received_at AS DATE) < d.received_on AND o.state IN ('open', 'closed') AND (o.closed_at IS NULL OR o.closed_at > d.closed_at)
  GROUP BY d.matter_id
  HAVING COUNT(*) >= $yellow_count
)
SELECT d.village_code, 'matter:' || CAST(d.matter_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN p.n >= $orange_count THEN 2 ELSE 1 END AS level,
       'matter:' || CAST(d.matter_id AS VARCHAR) AS evidence, d.number, d.closed_on, p.n AS passed
FROM done d JOIN passed p ON p.matter_id = d.matter_id
