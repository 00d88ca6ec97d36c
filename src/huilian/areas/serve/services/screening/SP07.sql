/*
id: SP07
names: {zh: 违规收费, en: Unlisted fee}
group: SP
grain: village
reads: [application]
nature: gain
parameters:
  red_cents: {value: 0, unit: cents, zh: 超过目录所列多少即督办, en: How much above the list is red, origin: default}
levels:
  red: {zh: 便民服务代办收了目录以外的钱, en: Money was taken that the list does not allow}
basis: []
note: {zh: 便民服务代办不收费是本县的规定；行政许可收费另须有法律、行政法规依据。, en: That services cost nothing is the county's rule; a fee for a licence needs a law besides.}
explain:
  zh: "{case_number}“{item_name}”收了{fee_cents:money}，目录所列为{listed_fee_cents:money}。"
  en: "{fee_cents:money} was taken in {case_number} ({item_name}); the list allows {listed_fee_cents:money}."
exclusions:
  zh: 没有登记收费的办件。
  en: Applications in which no fee is noted.
false_alarms:
  zh: 第三方（邮寄、复印、照相、检验）收取的费用被当作代办收费登记。
  en: Money of a third party (post, copies, photographs, tests) noted as a fee of the service.
weight: 5
status: active
owner: discipline
source: SP07
*/
SELECT a.village_code, 'application:' || CAST(a.application_id AS VARCHAR) AS subject, '' AS key, 3 AS level,
       'application:' || CAST(a.application_id AS VARCHAR) AS evidence,
       a.case_number, a.item_name, a.fee_cents, a.listed_fee_cents
FROM application a
WHERE a.fee_cents - a.listed_fee_cents > $red_cents AND CAST(a.received_at AS DATE) <= $as_of
