/*
id: GB01
names: {zh: 公车超油箱加油, en: More fuel than the tank holds}
group: GB
grain: village
reads: [car_fuel]
nature: gain
parameters:
  minutes: {value: 240, unit: minutes, zh: 多长时间内的加油合并计算, en: Fillings within this time count together, origin: default}
  ratio: {value: 1.1, unit: ratio, zh: 油箱容量的倍数, en: Times what the tank holds, origin: default}
levels:
  red: {zh: 几小时内加油超过油箱容量, en: More filled within a few hours than the tank holds}
basis: []
note: {zh: 公车加油比对没有上级数值规定，数值由县里确定。, en: No higher rule sets these figures; they are set by the county.}
explain:
  zh: "{plate}在{filled_on}前后加油{litres_sum}升，油箱容量{tank_litres}升。"
  en: "{plate} was filled with {litres_sum} litres around {filled_on}; its tank holds {tank_litres}."
exclusions:
  zh: 间隔超过规定时间的加油不合并。
  en: Fillings further apart are not added up.
false_alarms:
  zh: 消防泵、应急发电用油桶加油。
  en: Cans filled for a fire pump or a generator.
weight: 4
status: active
owner: discipline
source: GB01
*/
SELECT f.village_code, 'car:' || CAST(f.car_id AS VARCHAR) AS subject, CAST(f.fuel_id AS VARCHAR) AS key, 3 AS level,
       'car_fuel:' || CAST(f.fuel_id AS VARCHAR) || ' car_fuel:' || CAST(MIN(g.fuel_id) AS VARCHAR) AS evidence,
       f.plate, CAST(f.filled_at AS DATE) AS filled_on, SUM(g.litres) AS litres_sum, f.tank_litres
FROM car_fuel f JOIN car_fuel g ON g.car_id = f.car_id
WHERE g.minute <= f.minute AND g.minute >= f.minute - $minutes
GROUP BY f.village_code, f.car_id, f.fuel_id, f.plate, f.filled_at, f.tank_litres
HAVING SUM(g.litres) > f.tank_litres * $ratio
