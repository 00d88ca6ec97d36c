/*
id: SP11
names: {zh: 差评未整改, en: Bad rating left open}
group: SP
grain: village
reads: [rating]
nature: form
parameters:
  yellow_days: {value: 3, unit: days, zh: 差评后多少个工作日未整改提示, en: Working days after a bad rating before a reminder, origin: default}
  orange_days: {value: 5, unit: days, zh: 多少个工作日预警, en: Working days before a warning, origin: default}
  red_days: {value: 15, unit: days, zh: 多少个工作日督办, en: Working days before supervision, origin: default}
  bad_stars: {value: 2, unit: "", zh: 几星及以下为差评, en: Grades up to this are bad, origin: default}
levels:
  yellow: {zh: 差评后3个工作日没有整改, en: Not corrected three working days after a bad rating}
  orange: {zh: 5个工作日, en: Five working days}
  red: {zh: 15个工作日, en: Fifteen working days}
basis: []
note: {zh: 整改时限由县里确定；工作日按周一至周五计，法定节假日顺延的，以办件时钟为准。, en: "The days are the county's; Monday to Friday are counted here, and the clock of the case knows the public holidays."}
explain:
  zh: "{case_number}被评为{stars}星，{rated_on}至今已{days}个工作日没有整改完毕。"
  en: "{case_number} was given {stars} of 5 on {rated_on} and is not corrected after {days} working days."
exclusions:
  zh: 已整改并再次回访的、认定为误评的、三星及以上的。
  en: What was corrected and called back again, what was found to be a slip, three stars and more.
false_alarms:
  zh: 误评已提出申诉，尚未认定；中间有法定节假日。
  en: A slip that was claimed and is not decided yet; public holidays in between.
weight: 3
status: active
owner: discipline
source: SP11
*/
WITH r AS (
    SELECT rating_id, village_code, case_number, stars, CAST(rated_at AS DATE) AS since, $as_of AS upto
    FROM rating
    WHERE stars <= $bad_stars AND CAST(rated_at AS DATE) <= $as_of AND state <> 'slip'
      AND (corrected_at IS NULL OR state = 'correct') AND closed_at IS NULL
), late AS (
    SELECT r.rating_id, r.village_code, r.case_number, r.stars, r.since,
           CAST(FLOOR(DATE_DIFF('day', DATE '2000-01-02', r.upto) / 7.0) AS BIGINT) * 5 + LEAST(DATE_DIFF('day', DATE '2000-01-02', r.upto) % 7, 5)
           - (CAST(FLOOR(DATE_DIFF('day', DATE '2000-01-02', r.since) / 7.0) AS BIGINT) * 5 + LEAST(DATE_DIFF('day', DATE '2000-01-02', r.since) % 7, 5)) AS days
    FROM r
)
SELECT l.village_code, 'rating:' || CAST(l.rating_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN l.days >= $red_days THEN 3 WHEN l.days >= $orange_days THEN 2 ELSE 1 END AS level,
       'rating:' || CAST(l.rating_id AS VARCHAR) AS evidence,
       l.case_number, l.stars, l.since AS rated_on, l.days
FROM late l
WHERE l.days >= $yellow_days
