/*
id: CG01
names: {zh: 拆分采购, en: A purchase split up}
group: CG
grain: village
reads: [purchase]
nature: gain
parameters:
  year_days: {value: 365, unit: days, zh: 多少天以内合并看, en: "Within so many days", origin: default}
  red_count: {value: 3, unit: purchases, zh: 几次督办, en: "Purchases that are supervised", origin: default}
levels:
  orange: {zh: 同一品目一年内多次采购，各自不超限额，合计超过, en: "The same item bought more than once in a year, each time within the limit, together above it"}
  red: {zh: 三次以上, en: "Three times or more"}
basis:
  - {law: 政府采购法实施条例, version: 国务院令第658号, article: 第二十八条}
note: {zh: 村集体参照政府采购的规定；限额由县里规定。, en: "Collectives follow public procurement; the limit is the county's own."}
explain:
  zh: "一年内采购{item}{times}次，每次不超过限额{limit_cents:money}，合计{sum_cents:money}。"
  en: "{item} was bought {times} times in a year, each within the limit of {limit_cents:money}, {sum_cents:money} together."
exclusions:
  zh: 应急采购；撤销的项目。
  en: "Emergencies; purchases that were given up."
false_alarms:
  zh: 分属不同预算的零星需要。
  en: "Small needs of separate budgets."
weight: 4
status: active
owner: agriculture
source: CG01
*/
WITH small AS (
  SELECT village_code, project_id, item, limit_cents, total_cents, bought_on
  FROM purchase
  WHERE limit_cents IS NOT NULL AND total_cents <= limit_cents AND NOT is_emergency AND NOT is_given_up
    AND DATE_DIFF('day', bought_on, $as_of) BETWEEN 0 AND $year_days
)
SELECT village_code, 'purchase:' || CAST(MIN(project_id) AS VARCHAR) AS subject, item AS key,
       CASE WHEN COUNT(*) >= $red_count THEN 3 ELSE 2 END AS level,
       STRING_AGG('purchase:' || CAST(project_id AS VARCHAR), ' ' ORDER BY project_id) AS evidence,
       item, COUNT(*) AS times, limit_cents, CAST(SUM(total_cents) AS BIGINT) AS sum_cents
FROM small
GROUP BY village_code, item, limit_cents
HAVING COUNT(*) BETWEEN 2 AND 20 AND SUM(total_cents) > limit_cents
