/*
id: CX03
names: {zh: 到会人数不足仍表决, en: Voted on without a quorum}
group: CX
grain: village
reads: [decision_step]
nature: form
parameters:
  window_days: {value: 730, unit: days, zh: 看多少天以内的会议, en: Meetings held within so many days, origin: default}
levels:
  orange: {zh: 到会人数低于该事项适用的法定人数，仍进行了表决, en: Fewer came than the majority of the matter asks for and a vote was taken all the same}
basis:
  - {law: 村民委员会组织法, version: 2018年修正, article: 第二十二条、第二十六条}
  - {law: 农村集体经济组织法, version: 2024年6月28日通过，2025年5月1日起施行, article: ""}
note: {zh: 法定人数按会议当天有效的规定；党员会议、两委会议的比例是县里的默认值。, en: The share is that in force on the day; for party meetings and both committees it is the county's default.}
explain:
  zh: "{body}{held_on}的会议（{meeting_no}）应到{due_to_attend}人、实到{present}人，低于{attend_num}/{attend_den}，仍表决：同意{yes}票。"
  en: "{body} on {held_on} ({meeting_no}): {present} of {due_to_attend} came, fewer than {attend_num}/{attend_den}, and voted: {yes} yes."
exclusions:
  zh: 人数不足、没有表决就休会的不预警。
  en: A meeting that closed without a vote because too few came is left out.
false_alarms:
  zh: 外出人员委托或线上到会，没有登记。
  en: People who were represented or online and were not marked.
weight: 3
status: active
owner: discipline
source: CX03
*/
SELECT s.village_code, 'decision_step:' || CAST(s.row_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'decision_step:' || CAST(s.row_id AS VARCHAR) AS evidence,
       s.body, s.held_on, s.meeting_no, s.due_to_attend, s.present, s.attend_num, s.attend_den, s.yes
FROM decision_step s
WHERE s.yes IS NOT NULL AND DATE_DIFF('day', s.held_on, $as_of) <= $window_days
  AND (s.present * s.attend_den < s.due_to_attend * s.attend_num
    OR (s.attend_more AND s.present * s.attend_den = s.due_to_attend * s.attend_num))
