/*
id: SP12
names: {zh: 代办超时, en: Proxy service late}
group: SP
grain: village
reads: [service_leg]
nature: form
parameters:
  yellow_days: {value: 1, unit: days, zh: 超过本级时限几个工作日提示, en: Working days past the limit of the level before a reminder, origin: default}
  orange_days: {value: 3, unit: days, zh: 几个工作日预警, en: Working days before a warning, origin: default}
  red_days: {value: 10, unit: days, zh: 几个工作日督办, en: Working days before supervision, origin: default}
levels:
  yellow: {zh: 超过本级时限1个工作日, en: One working day past the limit of the level}
  orange: {zh: 3个工作日, en: Three working days}
  red: {zh: 10个工作日, en: Ten working days}
basis: []
note: {zh: 村2、镇3—5、县直部门5—10个工作日为本县便民服务代理的规定；到期日按工作日历计算，超过的天数按周一至周五计。, en: "2, 3–5 and 5–10 working days are the county's own rule; the due day follows the calendar of working days, days past it are counted Monday to Friday."}
explain:
  zh: "{case_number}在{unit_name}办理，本级时限{limit_days}个工作日，{due_on}到期，已超过{days}个工作日。"
  en: "{case_number} lies with {unit_name}: {limit_days} working days, due on {due_on}, {days} past it."
exclusions:
  zh: 已办完的、时钟暂停的、前面部门还没办完因而还没有开始的。
  en: What is done, what rests, and what has not begun because those before it still work.
false_alarms:
  zh: 等上级答复；中间有法定节假日；已办完没有录入。
  en: An upper level is waited for; public holidays in between; done but not entered.
weight: 3
status: active
owner: discipline
source: SP12
*/
WITH g AS (
    SELECT leg_id, village_code, case_number, unit_name, days AS limit_days, CAST(due_at AS DATE) AS since, $as_of AS upto
    FROM service_leg
    WHERE CAST(due_at AS DATE) < $as_of AND ended_at IS NULL AND NOT is_paused
), late AS (
    SELECT g.leg_id, g.village_code, g.case_number, g.unit_name, g.limit_days, g.since,
           CAST(FLOOR(DATE_DIFF('day', DATE '2000-01-02', g.upto) / 7.0) AS BIGINT) * 5 + LEAST(DATE_DIFF('day', DATE '2000-01-02', g.upto) % 7, 5)
           - (CAST(FLOOR(DATE_DIFF('day', DATE '2000-01-02', g.since) / 7.0) AS BIGINT) * 5 + LEAST(DATE_DIFF('day', DATE '2000-01-02', g.since) % 7, 5)) AS days
    FROM g
)
SELECT l.village_code, 'service_leg:' || CAST(l.leg_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN l.days >= $red_days THEN 3 WHEN l.days >= $orange_days THEN 2 ELSE 1 END AS level,
       'service_leg:' || CAST(l.leg_id AS VARCHAR) AS evidence,
       l.case_number, l.unit_name, l.limit_days, l.since AS due_on, l.days
FROM late l
WHERE l.days >= $yellow_days
