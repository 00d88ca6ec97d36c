/*
id: XC02
names: {zh: 无佐证销号, en: Signed off without proof}
group: XC
grain: village
reads: [finding]
nature: form
parameters: {}
levels:
  orange: {zh: 没有任何佐证就销号, en: Signed off with no proof at all}
basis: []
note: {zh: 整改真实性核验没有上级数值规定，数值由县里确定。, en: No higher rule sets these figures; they are set by the county.}
explain:
  zh: "{number}没有佐证就已销号。"
  en: "{number} was signed off without any proof."
exclusions:
  zh: 举一反三自查“未发现”的除外。
  en: Answers of other villages that found nothing are left out.
false_alarms:
  zh: 现场核实后销号，理由写在流转记录里。
  en: Seen on the spot, with the reason in the history.
weight: 3
status: active
owner: discipline
source: XC02
*/
SELECT f.village_code, 'finding:' || CAST(f.finding_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'finding:' || CAST(f.finding_id AS VARCHAR) AS evidence, f.number
FROM finding f
WHERE f.is_closed AND f.proofs = 0 AND f.source <> 'spread'
