/*
id: SP08
names: {zh: 反复补正, en: Repeated demands}
group: SP
grain: village
reads: [matter]
nature: form
parameters: 
  yellow_returns: {value: 2, unit: times, zh: 退回几次提示, en: Times sent back before a notice, origin: default}
  orange_returns: {value: 3, unit: times, zh: 退回几次预警, en: Times sent back before a warning, origin: default}
levels:
  yellow: {zh: 退回补正两次, en: Sent back twice}
  orange: {zh: 退回补正三次以上, en: Sent back three times or more}
basis: [{law: 行政许可法, version: 2019年修正, article: 第三十二条}]
note: {zh: 各地电子监察办法的通行做法；数值由县里确定。, en: As places with electronic monitoring do it; the county sets the figures.}
explain:
  zh: "{number}已退回补正{returns}次，应一次性告知。"
  en: "{number} was sent back {returns} times; everything missing is to be told at once."
exclusions:
  zh: 已撤回的不预警。
  en: Withdrawn cases are left out.
false_alarms:
  zh: 申请人迟迟不补。
  en: A slow applicant.
weight: 2
status: active
owner: discipline
source: SP08
*/
SELECT m.village_code, 'matter:' || CAST(m.matter_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN m.returns >= $orange_returns THEN 2 ELSE 1 END AS level,
       'matter:' || CAST(m.matter_id AS VARCHAR) AS evidence, m.number, m.returns
FROM matter m
WHERE m.returns >= $yellow_returns AND m.state <> 'withdrawn'
