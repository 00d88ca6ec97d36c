/*
id: XC03
names: {zh: 佐证重复使用, en: Proof used twice}
group: XC
grain: village
reads: [repair_proof]
nature: gain
parameters: {}
levels:
  orange: {zh: 同一文件用作两个问题的佐证, en: One file shows the repair of two findings}
basis: []
note: {zh: 整改真实性核验没有上级数值规定，数值由县里确定。, en: No higher rule sets these figures; they are set by the county.}
explain:
  zh: "{number}的佐证在{earlier}用过。"
  en: "A proof of {number} was used for {earlier} before."
exclusions:
  zh: 同一问题内重复上传的不算。
  en: The same file twice within one finding is left out.
false_alarms:
  zh: 一份文件确实整改了两个问题。
  en: One paper that did put two things right.
weight: 3
status: active
owner: discipline
source: XC03
*/
SELECT n.village_code, 'finding:' || CAST(n.finding_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'repair_proof:' || CAST(MAX(n.proof_id) AS VARCHAR) || ' repair_proof:' || CAST(MAX(o.proof_id) AS VARCHAR)
         AS evidence, n.number, MAX(o.number) AS earlier
FROM repair_proof n JOIN repair_proof o ON o.sha256 = n.sha256 AND o.finding_id < n.finding_id
GROUP BY n.village_code, n.finding_id, n.number
