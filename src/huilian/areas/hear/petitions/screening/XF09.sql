/*
id: XF09
names: {zh: 信访三色预警（乡镇）, en: Colours of petitions in a township}
group: XF
grain: county
reads: [petition]
nature: gain
parameters:
  window_days: {value: 90, unit: days, zh: 统计窗口, en: Window that is looked at, origin: default}
  yellow_count: {value: 2, unit: matters, zh: 重复或者越级达到几件提示, en: Repeats or skipped levels for a reminder, origin: default}
  orange_count: {value: 3, unit: matters, zh: 达到几件预警, en: For a warning, origin: default}
  red_count: {value: 5, unit: matters, zh: 达到几件督办, en: For supervision, origin: default}
  group_people: {value: 5, unit: people, zh: 多少人以上算集体访, en: People from whom a visit is one of a group, origin: default}
levels:
  yellow: {zh: 窗口内重复信访或者越级走访2件，或者集体访1批, en: "Two repeats or skipped levels, or one group, within the window"}
  orange: {zh: 3件，或者集体访2批, en: "Three, or two groups"}
  red: {zh: 5件以上，或者集体访3批, en: "Five and more, or three groups"}
basis: [{law: 信访工作条例, version: 2022-05-01起施行, article: 第二十条}]
note: {zh: 颜色说的是乡镇化解得怎样，不说人；没有统一数值，由县里确定。, en: "The colour speaks of how a township settles matters, never of people; the county sets the figures."}
explain:
  zh: "{window_days}天内重复信访{repeats}件、越级走访{skips}件、集体访{groups}批，请查明未在本级化解的原因。"
  en: "Within {window_days} days {repeats} repeats, {skips} skipped levels, {groups} groups: find out why they were not settled here."
exclusions:
  zh: 涉及乡镇以上单位的事项由承办单位答复，仍按事发地统计。
  en: Matters of higher units are answered by them and still counted where they arose.
false_alarms:
  zh: 同一事项正在法院审理；一次政策调整引起的集中咨询。
  en: A matter before the court; questions after one change of policy.
weight: 3
status: active
owner: discipline
source: S0-54, XF09
*/
WITH counted AS (
  SELECT p.township_id, MIN(p.village_code) AS village_code,
         CAST(SUM(CASE WHEN p.first_id <> p.petition_id THEN 1 ELSE 0 END) AS BIGINT) AS repeats,
         CAST(SUM(CASE WHEN p.is_skip THEN 1 ELSE 0 END) AS BIGINT) AS skips,
         CAST(SUM(CASE WHEN p.is_visit AND p.people >= $group_people THEN 1 ELSE 0 END) AS BIGINT) AS groups,
         MIN(p.petition_id) AS one, MAX(p.petition_id) AS other
  FROM petition p
  WHERE DATE_DIFF('day', CAST(p.received_at AS DATE), $as_of) BETWEEN 0 AND $window_days
    AND (p.first_id <> p.petition_id OR p.is_skip OR (p.is_visit AND p.people >= $group_people))
  GROUP BY p.township_id
)
SELECT c.village_code, 'petition_township:' || CAST(c.township_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN c.repeats >= $red_count OR c.skips >= $red_count OR c.groups >= 3 THEN 3
            WHEN c.repeats >= $orange_count OR c.skips >= $orange_count OR c.groups >= 2 THEN 2 ELSE 1 END AS level,
       'petition:' || CAST(c.one AS VARCHAR) || ' petition:' || CAST(c.other AS VARCHAR) AS evidence,
       c.repeats, c.skips, c.groups
FROM counted c
WHERE c.repeats >= $yellow_count OR c.skips >= $yellow_count OR c.groups >= 1
