/*
id: GZ03
names: {zh: 空白件用印, en: Blank sheet sealed}
group: GZ
grain: village
reads: [seal_print]
nature: gain
parameters: 
  least_share: {value: 0.005, unit: share, zh: 文字面积占比下限, en: Least share of the page with writing, origin: default}
levels:
  red: {zh: 盖印页几乎没有文字, en: Hardly any writing on the sealed page}
basis: []
note: {zh: 用印管理没有全国统一的数值规定，参照各地智能印章管理做法；数值由县里确定。, en: No national rule sets these figures; they follow what places with seal boxes do and are set by the county.}
explain:
  zh: "{seal_name}在{printed_on}盖印的页面文字面积只占{ink_share}。"
  en: "The page sealed with {seal_name} on {printed_on} has writing on only {ink_share} of it."
exclusions:
  zh: 没有照片的由 GZ04 提示。
  en: Prints without a photograph are left to GZ04.
false_alarms:
  zh: 照片过亮、过曝。
  en: An overexposed photograph.
weight: 4
status: active
owner: discipline
source: GZ03
*/
SELECT p.village_code, 'seal_print:' || CAST(p.print_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'seal_print:' || CAST(p.print_id AS VARCHAR) AS evidence, p.seal_name, CAST(p.printed_at AS DATE) AS printed_on, p.ink_share
FROM seal_print p
WHERE p.ink_share IS NOT NULL AND p.ink_share < $least_share
