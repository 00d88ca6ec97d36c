/*
id: GC12
names: {zh: 干部亲属承揽, en: Kin of an official builds}
group: GC
grain: county
reads: [project, cadre, kin]
nature: gain
parameters: {}
levels:
  orange: {zh: 承包人是其他村干部或其近亲属、亲属企业, en: "The builder is an official of another village, near kin of one, or their firm"}
  red: {zh: 是本村干部或其近亲属、亲属企业, en: "The same in the official's own village"}
basis:
  - {law: 农村基层干部廉洁履行职责若干规定（试行）, version: 中办国办 2011, article: ""}
note: {zh: 条文序号以正式文本为准；亲属承揽不当然违规，看是否回避、是否公开。, en: "Check the article against the official text; what counts is who stepped back and whether it was open."}
explain:
  zh: "{title}由{contractor}承建，合同价{contract_cents:money}；承包人与村干部有申报的亲属关系，或者本人任村干部。"
  en: "{title} is built by {contractor} at {contract_cents:money}; the builder holds a post of a village or is declared as kin of somebody who does."
exclusions:
  zh: 任职以前签订的合同。
  en: "Contracts signed before the term of office."
false_alarms:
  zh: 同名的企业；以代码为准。
  en: "Firms of the same name; the code decides."
weight: 5
status: active
owner: agriculture
source: GC12
*/
WITH office AS (
  SELECT village_code, person_id, person_key, starts_on, COALESCE(ends_on, $as_of) AS left_on FROM cadre
),
tied AS (
  SELECT village_code, person_key AS who, starts_on, left_on FROM office WHERE person_key <> ''
  UNION ALL
  SELECT o.village_code, k.relative_key AS who, o.starts_on, o.left_on
  FROM kin k JOIN office o ON o.person_id = k.person_id AND o.village_code = k.village_code WHERE k.relative_key <> ''
  UNION ALL
  SELECT o.village_code, k.relative_norm AS who, o.starts_on, o.left_on
  FROM kin k JOIN office o ON o.person_id = k.person_id AND o.village_code = k.village_code WHERE k.relative_norm <> ''
),
named AS (
  SELECT project_id, village_code, contractor_key AS who, COALESCE(signed_on, awarded_on) AS on_day
  FROM project WHERE contractor_key <> ''
  UNION ALL
  SELECT project_id, village_code, contractor_norm AS who, COALESCE(signed_on, awarded_on) AS on_day
  FROM project WHERE contractor_norm <> ''
),
hit AS (
  SELECT n.project_id, MAX(CASE WHEN n.village_code = t.village_code THEN 3 ELSE 2 END) AS level
  FROM named n JOIN tied t ON t.who = n.who
  WHERE n.on_day <= $as_of AND t.starts_on <= n.on_day AND t.left_on >= n.on_day
  GROUP BY n.project_id
)
SELECT p.village_code, 'project:' || CAST(p.project_id AS VARCHAR) AS subject, '' AS key, h.level,
       'project:' || CAST(p.project_id AS VARCHAR) AS evidence, p.title, p.contractor, p.contract_cents
FROM hit h JOIN project p ON p.project_id = h.project_id
WHERE NOT p.is_given_up
