/*
id: CX11
names: {zh: 公开未经村务监督委员会审核, en: Published without the supervision committee}
group: CX
grain: village
reads: [disclosure]
nature: form
parameters:
  orange_items: {value: 3, unit: items, zh: 一个季度全部未审核且达到几件预警, en: "Items of a quarter, all unchecked, before a warning", origin: default}
  window_days: {value: 365, unit: days, zh: 看多少天以内公开的, en: Published within so many days, origin: default}
levels:
  yellow: {zh: 季度内有公开事项没有审核, en: Items of the quarter were not checked}
  orange: {zh: 一个季度公开的3件以上全部没有审核, en: "Three or more items of the quarter, and none was checked"}
basis: [{law: 关于建立健全村务监督委员会的指导意见, version: 中办、国办，2017-12, article: ""}]
note: {zh: 条文序号请以正式文本为准；件数由县里确定。, en: Check the article against the official text; the county sets the number of items.}
explain:
  zh: "{quarter}公开的村务、财务事项中有{unchecked}件没有村务监督委员会审核，审核过的{checked}件。"
  en: "Of the village and financial items published in {quarter}, {unchecked} were not checked by the supervision committee and {checked} were."
exclusions:
  zh: 党务由支部审核、服务事项不要求审核，都不在此列；一个季度只出一条。
  en: Party affairs are checked by the branch and services by nobody, so they are left out; one alert for a quarter.
false_alarms:
  zh: 监委会成员空缺；纸面审核签字没有录入；补录的历史公开件。
  en: Vacancies in the committee; signatures on paper not entered; older publications entered afterwards.
weight: 2
status: active
owner: discipline
source: CX11
*/
WITH unseen AS (
  SELECT village_code, disclosure_id, published_on,
         CAST(EXTRACT(YEAR FROM published_on) AS VARCHAR) || 'Q' || CAST(EXTRACT(QUARTER FROM published_on) AS VARCHAR) AS quarter
  FROM disclosure
  WHERE checked_at IS NULL AND affairs IN ('finance', 'village')
    AND DATE_DIFF('day', published_on, $as_of) BETWEEN 0 AND $window_days
),
missed AS (
  SELECT village_code, quarter, disclosure_id,
         ROW_NUMBER() OVER (PARTITION BY village_code, quarter ORDER BY published_on, disclosure_id) AS place
  FROM unseen
),
listed AS (
  SELECT village_code, quarter, COUNT(*) AS unchecked,
         STRING_AGG(CASE WHEN place <= 20 THEN 'disclosure:' || CAST(disclosure_id AS VARCHAR) END, ' ' ORDER BY place) AS evidence
  FROM missed
  GROUP BY village_code, quarter
),
done AS (
  SELECT village_code,
         CAST(EXTRACT(YEAR FROM published_on) AS VARCHAR) || 'Q' || CAST(EXTRACT(QUARTER FROM published_on) AS VARCHAR) AS quarter,
         COUNT(*) AS checked
  FROM disclosure
  WHERE checked_at IS NOT NULL AND published_on IS NOT NULL AND affairs IN ('finance', 'village')
    AND village_code IN (SELECT village_code FROM missed)
  GROUP BY village_code,
         CAST(EXTRACT(YEAR FROM published_on) AS VARCHAR) || 'Q' || CAST(EXTRACT(QUARTER FROM published_on) AS VARCHAR)
)
SELECT l.village_code, 'village:' || CAST(l.village_code AS VARCHAR) AS subject, l.quarter AS key,
       CASE WHEN d.checked IS NULL AND l.unchecked >= $orange_items THEN 2 ELSE 1 END AS level,
       l.evidence, l.quarter, l.unchecked, COALESCE(d.checked, 0) AS checked
FROM listed l LEFT JOIN done d ON d.village_code = l.village_code AND d.quarter = l.quarter
