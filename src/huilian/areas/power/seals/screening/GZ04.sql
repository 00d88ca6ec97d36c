/*
id: GZ04
names: {zh: 影像缺失或与申请不符, en: Photograph missing or not the paper agreed to}
group: GZ
grain: village
reads: [seal_print]
nature: form
parameters: {}
levels:
  yellow: {zh: 缺盖印页或现场照片, en: A photograph of page or place is missing}
  orange: {zh: 盖印页标题与申请不一致, en: The title on the page is not the one agreed to}
basis: []
note: {zh: 用印管理没有全国统一的数值规定，参照各地智能印章管理做法；数值由县里确定。, en: No national rule sets these figures; they follow what places with seal boxes do and are set by the county.}
explain:
  zh: "{seal_name}在{printed_on}盖印：有页面照片：{has_page_photo}，有现场照片：{has_scene_photo}，申请标题“{title}”，页面标题“{read_title}”。"
  en: "{seal_name}, {printed_on}: photograph of the page: {has_page_photo}, of the place: {has_scene_photo}; agreed title “{title}”, title on the page “{read_title}”."
exclusions:
  zh: 应急用印和没有申请的盖印不在此提示；标题一方包含另一方视为一致。
  en: Emergency uses and prints without a request are left out; a title that contains the other agrees with it.
false_alarms:
  zh: 手写件标题难以辨认。
  en: Handwriting.
weight: 2
status: active
owner: discipline
source: GZ04
*/
SELECT p.village_code, 'seal_print:' || CAST(p.print_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN p.read_title <> '' AND NOT CONTAINS(p.title, p.read_title) AND NOT CONTAINS(p.read_title, p.title) THEN 2
            ELSE 1 END AS level,
       'seal_print:' || CAST(p.print_id AS VARCHAR) AS evidence,
       p.seal_name, CAST(p.printed_at AS DATE) AS printed_on, p.has_page_photo, p.has_scene_photo, p.title, p.read_title
FROM seal_print p
WHERE p.request_id IS NOT NULL AND NOT p.is_emergency
  AND (NOT p.has_page_photo OR NOT p.has_scene_photo
       OR (p.read_title <> '' AND NOT CONTAINS(p.title, p.read_title) AND NOT CONTAINS(p.read_title, p.title)))
