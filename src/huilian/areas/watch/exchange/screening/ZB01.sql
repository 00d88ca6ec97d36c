/*
id: ZB01
names: {zh: 不同投标人同一设备, en: Bidders from one device}
group: ZB
grain: village
reads: [registration]
nature: gain
parameters:
  orange_bidders: {value: 3, unit: times, zh: 同一设备报名几人督促, en: Bidders from one device that are urged, origin: default}
levels:
  yellow: {zh: 两个竞买（投标）人用同一浏览器、同一网络地址报名, en: Two bidders registered from one browser at one network address}
  orange: {zh: 三个以上, en: Three or more}
basis:
  - {law: 招标投标法实施条例, version: 2019-03-02修订, article: 第四十条}
note: {zh: 系统只留浏览器和网络地址的摘要，不采集网卡、处理器编号；是否串通由评标委员会和监督部门认定。, en: "Only a digest of browser and network address is kept, no numbers of hardware; whether it was collusion the panel and the supervisors decide."}
explain:
  zh: "{numbers}共{bidders}个报名来自同一设备。"
  en: "{bidders} registrations came from one device: {numbers}."
exclusions:
  zh: 柜台代录没有设备摘要的；撤回的报名；同一设备二十人以上的（公用终端）。
  en: "Registrations entered at a counter, those withdrawn, and devices of more than twenty bidders (public terminals)."
false_alarms:
  zh: 打印店、便民服务点、同一办公室的共用电脑或网络出口。
  en: A print shop, a village service point, one office behind one address.
weight: 3
status: active
owner: discipline
source: ZB01
*/
WITH twice AS (
  SELECT lot_id, device_key AS mark FROM registration WHERE device_key <> '' AND state <> 'withdrawn'
  GROUP BY lot_id, device_key HAVING COUNT(*) BETWEEN 2 AND 20
),
shared AS (
  SELECT r.village_code, r.lot_id, r.device_key, COUNT(*) AS bidders, MIN(r.registration_id) AS first_id,
         STRING_AGG(r.number, '、' ORDER BY r.registration_id) AS numbers,
         STRING_AGG('registration:' || CAST(r.registration_id AS VARCHAR), ' ' ORDER BY r.registration_id) AS evidence
  FROM registration r JOIN twice t ON t.lot_id = r.lot_id AND t.mark = r.device_key
  WHERE r.state <> 'withdrawn'
  GROUP BY r.village_code, r.lot_id, r.device_key
)
SELECT village_code, 'bidding:' || CAST(lot_id AS VARCHAR) AS subject, CAST(first_id AS VARCHAR) AS key,
       CASE WHEN bidders >= $orange_bidders THEN 2 ELSE 1 END AS level, evidence, numbers, bidders
FROM shared
