/*
id: GZ06
names: {zh: 外带超时, en: Out of the office too long}
group: GZ
grain: village
reads: [seal_loan]
nature: form
parameters: 
  yellow_hours: {value: 4, unit: hours, zh: 多少小时提示, en: Hours before a notice, origin: default}
  orange_hours: {value: 24, unit: hours, zh: 多少小时预警, en: Hours before a warning, origin: default}
levels:
  yellow: {zh: 在外超过4小时, en: Out for more than 4 hours}
  orange: {zh: 在外超过24小时, en: Out for more than 24 hours}
basis: []
note: {zh: 用印管理没有全国统一的数值规定，参照各地智能印章管理做法；数值由县里确定。, en: No national rule sets these figures; they follow what places with seal boxes do and are set by the county.}
explain:
  zh: "{seal_name}{out_on}外带到{destination}，应还{due_at}，归还{back_at}，在外{hours}小时。"
  en: "{seal_name} went to {destination} on {out_on}, was due {due_at}, came back {back_at}: {hours} hours out."
exclusions:
  zh: 按批准时间内归还、不超过一天的只提示不预警。
  en: Back within a day is a notice only.
false_alarms:
  zh: 签约路途远。
  en: A long way to where the contract is signed.
weight: 2
status: active
owner: discipline
source: GZ06
*/
WITH hours AS (
  SELECT n.village_code, n.loan_id, n.seal_name, n.destination, CAST(n.out_at AS DATE) AS out_on, n.due_at, n.back_at,
         COALESCE(n.minutes_out, DATE_DIFF('day', CAST(n.out_at AS DATE), $as_of) * 1440) AS minutes
  FROM seal_loan n
)
SELECT h.village_code, 'seal_loan:' || CAST(h.loan_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN h.minutes > $orange_hours * 60 THEN 2 ELSE 1 END AS level,
       'seal_loan:' || CAST(h.loan_id AS VARCHAR) AS evidence,
       h.seal_name, h.destination, h.out_on, h.due_at, h.back_at, CAST(FLOOR(h.minutes / 60) AS INTEGER) AS hours
FROM hours h
WHERE h.minutes > $yellow_hours * 60
