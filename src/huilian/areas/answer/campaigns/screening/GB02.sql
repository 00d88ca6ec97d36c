/*
id: GB02
names: {zh: 公车非公时空, en: Official car off duty without an order}
group: GB
grain: village
reads: [car_sighting]
nature: gain
parameters:
  days: {value: 90, unit: days, zh: 看多少天内, en: Days looked at, origin: default}
  orange: {value: 3, unit: times, zh: 几次起为橙色, en: Times from which it is orange, origin: default}
levels:
  yellow: {zh: 节假日、下班时间出现，没有事先派车单, en: Seen outside of office hours without an order entered before}
  orange: {zh: 达到次数, en: As often as that}
basis: []
note: {zh: 公车使用比对没有上级数值规定，数值由县里确定。, en: No higher rule sets these figures; they are set by the county.}
explain:
  zh: "{plate}在非办公时间出现{times}次没有事先派车单，最近一次{last_on}。"
  en: "{plate} was seen {times} times outside of office hours without an order entered before, last on {last_on}."
exclusions:
  zh: 有事先登记的派车单的不预警；办公日午休不算。
  en: Drives with an order entered before are left out; so is the noon rest.
false_alarms:
  zh: 值班、抢险用车后补派车单。
  en: Duty and emergency drives whose order was entered afterwards.
weight: 3
status: active
owner: discipline
source: GB02
*/
SELECT s.village_code, 'car:' || CAST(s.car_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN COUNT(*) >= $orange THEN 2 ELSE 1 END AS level,
       'car_sighting:' || CAST(MAX(s.sighting_id) AS VARCHAR) AS evidence,
       s.plate, COUNT(*) AS times, MAX(CAST(s.seen_at AS DATE)) AS last_on
FROM car_sighting s
WHERE s.off_duty AND s.orders = 0 AND DATE_DIFF('day', CAST(s.seen_at AS DATE), $as_of) BETWEEN 0 AND $days
GROUP BY s.village_code, s.car_id, s.plate
