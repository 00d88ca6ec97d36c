/*
id: CX05
names: {zh: 公示期不足, en: Taken down too early}
group: CX
grain: village
reads: [disclosure]
nature: form
parameters:
  orange_days: {value: 1, unit: days, zh: 公示不足多少天视同没有公示, en: Shown for fewer days than this counts as not shown, origin: default}
  window_days: {value: 365, unit: days, zh: 看多少天以内撤下的, en: Taken down within so many days, origin: default}
levels:
  yellow: {zh: 公示天数少于规定, en: Shown for fewer days than required}
  orange: {zh: 当天就撤下，等于没有公示, en: "Taken down on the same day, as good as not shown"}
basis: [{law: 村民委员会组织法, version: 2025-10-28修订，2026-01-01施行, article: ""}]
note: {zh: 公示天数各地、各事项不同，以公开事项目录中县里填写的为准；条文序号请以正式文本为准。, en: The days differ by place and matter and are those of the county's catalogue; check the article against the official text.}
explain:
  zh: "“{kind_zh}”（{period}）公示了{days_shown}天就撤下，规定至少{min_days}天，撤下日期{withdrawn_on}。"
  en: "“{kind_en}” ({period}) was up for {days_shown} days and must be for at least {min_days}; taken down on {withdrawn_on}."
exclusions:
  zh: 还在公示的、目录没有规定天数的、撤下后已有更正版本的、一年以前的不预警。
  en: Left out is what is still up, what has no required days, what a corrected version followed, and what was taken down more than a year ago.
false_alarms:
  zh: 因个人信息错误依规撤下，更正版本还没有发布。
  en: Taken down by rule because of personal data, with the corrected version still to come.
weight: 2
status: active
owner: agriculture
source: CX05
*/
SELECT d.village_code, 'disclosure:' || CAST(d.disclosure_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN d.days_shown < $orange_days THEN 2 ELSE 1 END AS level,
       'disclosure:' || CAST(d.disclosure_id AS VARCHAR) AS evidence,
       d.kind_zh, d.kind_en, d.period, d.days_shown, d.min_days, d.withdrawn_on
FROM disclosure d
WHERE d.withdrawn_on IS NOT NULL AND d.days_shown < d.min_days
  AND DATE_DIFF('day', d.withdrawn_on, $as_of) BETWEEN 0 AND $window_days
