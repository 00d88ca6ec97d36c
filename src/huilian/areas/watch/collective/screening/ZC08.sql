/*
id: ZC08
names: {zh: 擅自改变用途, en: Used for something else than registered}
group: ZC
grain: village
reads: [asset]
nature: gain
levels:
  yellow: {zh: 房屋等资产的实际用途与登记不同, en: A building or other asset used otherwise than registered}
  orange: {zh: 土地资源的实际用途与登记不同, en: Land used otherwise than registered}
  red: {zh: 农用地用于建房、厂房、堆场等建设, en: "Farm land, wood or grass land built on or paved"}
basis: [{law: 土地管理法, version: 2019-08-26修正，2020-01-01施行, article: 第四条}]
explain:
  zh: "{name}（{number}，{area_mu:area}）登记用途是“{registered_use}”，实际用途是“{actual_use}”。"
  en: "{name} ({number}, {area_mu:area}) is registered for “{registered_use}” and used for “{actual_use}”."
exclusions:
  zh: 没有写实际用途的、设施农业用地（已备案）和写明审批文号或决议号的不预警。
  en: Left out are cards without an actual use, facilities of farming (filed), and changes with a decision number.
false_alarms:
  zh: 登记用途写得笼统（如“耕地”与“种植”）；临时晾晒、抢险占用。
  en: Registered in other words for the same use; drying crops or disaster relief for a few days.
weight: 5
status: active
owner: agriculture
source: ZC08
*/
WITH changed AS (
  SELECT village_code, asset_id, number, name, class, is_resource, area_mu, registered_use, actual_use
  FROM asset
  WHERE registered_use <> '' AND actual_use <> '' AND status NOT IN ('sold', 'scrapped') AND decision_no = ''
    AND NOT CONTAINS(REPLACE(actual_use, ' ', ''), REPLACE(registered_use, ' ', ''))
    AND NOT CONTAINS(REPLACE(registered_use, ' ', ''), REPLACE(actual_use, ' ', ''))
    AND NOT CONTAINS(actual_use, '设施农') AND NOT CONTAINS(actual_use, '种植') AND NOT CONTAINS(actual_use, '闲置')
    AND NOT CONTAINS(actual_use, '待拆') AND NOT CONTAINS(actual_use, '危房')
)
SELECT c.village_code, 'asset:' || CAST(c.asset_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN NOT (c.is_resource OR c.class IN ('land', 'resource')) THEN 1
            WHEN REGEXP_MATCHES(c.registered_use, '耕地|农田|林地|林业|园地|草地|草原|种植|农业')
                 AND REGEXP_MATCHES(c.actual_use, '建房|建设|住宅|厂房|工业|商业|硬化|堆场|仓储|停车|沙场|砖') THEN 3
            ELSE 2 END AS level,
       'asset:' || CAST(c.asset_id AS VARCHAR) AS evidence,
       c.number, c.name, c.area_mu, c.registered_use, c.actual_use
FROM changed c
