/*
id: CX08
names: {zh: 公开逾期, en: Publication overdue}
group: CX
grain: village
reads: [disclosure]
nature: form
parameters:
  yellow_days: {value: 1, unit: days, zh: 逾期满多少天提示, en: Days overdue before a reminder, origin: default}
  orange_days: {value: 15, unit: days, zh: 逾期满多少天预警, en: Days overdue before a warning, origin: default}
  red_days: {value: 45, unit: days, zh: 逾期满多少天督办, en: Days overdue before supervision, origin: default}
  red_periods: {value: 2, unit: periods, zh: 同一事项几期未公开督办, en: Periods of one matter missing before supervision, origin: default}
  window_days: {value: 730, unit: days, zh: 看多少天以内到期的, en: Due within so many days, origin: default}
levels:
  yellow: {zh: 逾期未公开, en: Not published when due}
  orange: {zh: 逾期满15天, en: 15 days overdue}
  red: {zh: 逾期满45天，或同一事项两期都没有公开, en: "45 days overdue, or two periods of one matter missing"}
basis:
  - {law: 村民委员会组织法, version: 2025-10-28修订，2026-01-01施行, article: ""}
  - {law: 农村集体经济组织财务公开规定, version: 农经发〔2011〕13号, article: ""}
note: {zh: 一般事项至少每季度、收支较多的每月公布；具体日期以公开事项目录为准；条文序号请以正式文本为准。, en: "Ordinary matters at least quarterly, busy books monthly; the days are those of the catalogue; check the articles against the official text."}
explain:
  zh: "“{kind_zh}”（{period}）应在{due_on}前公开，已逾期{days}天，同一事项共有{missing}期没有公开。"
  en: "“{kind_en}” ({period}) was to be published by {due_on} and is {days} days overdue; {missing} periods of this matter are missing."
exclusions:
  zh: 已准予免公开的、已公开（哪怕晚了）的、两年以前到期的不预警；同一事项只对最早一期出一条。
  en: Left out are excused duties, what was published though late, and what fell due more than two years ago; one alert for a matter, on its oldest period.
false_alarms:
  zh: 已经贴在公开栏，只是没有在系统里发布。
  en: Already on the board but not published in the system.
weight: 2
status: active
owner: agriculture
source: CX08, P01
*/
WITH late AS (
  SELECT village_code, kind, kind_zh, kind_en, disclosure_id, period, due_on,
         ROW_NUMBER() OVER (PARTITION BY village_code, kind ORDER BY due_on, disclosure_id) AS place,
         COUNT(*) OVER (PARTITION BY village_code, kind) AS missing
  FROM disclosure
  WHERE published_on IS NULL AND DATE_DIFF('day', due_on, $as_of) BETWEEN $yellow_days AND $window_days
),
listed AS (
  SELECT village_code, kind, STRING_AGG('disclosure:' || CAST(disclosure_id AS VARCHAR), ' ' ORDER BY place) AS evidence
  FROM late
  WHERE place <= 20
  GROUP BY village_code, kind
)
SELECT l.village_code, 'disclosure:' || CAST(l.disclosure_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN DATE_DIFF('day', l.due_on, $as_of) >= $red_days OR l.missing >= $red_periods THEN 3
            WHEN DATE_DIFF('day', l.due_on, $as_of) >= $orange_days THEN 2 ELSE 1 END AS level,
       e.evidence, l.kind_zh, l.kind_en, l.period, l.due_on, DATE_DIFF('day', l.due_on, $as_of) AS days, l.missing
FROM late l JOIN listed e ON e.village_code = l.village_code AND e.kind = l.kind
WHERE l.place = 1
