/*
id: XF13
names: {zh: 一事反复或群体信访, en: A matter raised again and again or by many}
group: XF
grain: county
reads: [petition]
nature: gain
parameters:
  yellow_repeats: {value: 2, unit: repeats, zh: 重复几次提示, en: Repeats for a reminder, origin: default}
  orange_repeats: {value: 3, unit: repeats, zh: 预警, en: For a warning, origin: default}
  red_repeats: {value: 5, unit: repeats, zh: 督办, en: For supervision, origin: default}
  orange_people: {value: 30, unit: people, zh: 多少人共同提出预警, en: People together for a warning, origin: default}
  red_people: {value: 100, unit: people, zh: 督办, en: For supervision, origin: default}
levels:
  yellow: {zh: 一件事重复提出2次, en: A matter was raised again twice}
  orange: {zh: 3次，或者30人以上共同提出, en: "Three times, or by 30 people together"}
  red: {zh: 5次以上，或者100人以上, en: "Five times and more, or by 100 people"}
basis: []
note: {zh: 说的是事情没有化解，不说信访人；由单位说明化解办法。, en: "It says that a matter is not settled, never who raised it; the unit says how it will be."}
explain:
  zh: "{number}已重复提出{repeats}次，最多{people}人共同提出，请承办单位拿出化解办法。"
  en: "{number} was raised again {repeats} times, by up to {people} people: the unit says how it will be settled."
exclusions:
  zh: 已经办结、没有在办件的不预警。
  en: Matters without an open petition are left out.
false_alarms:
  zh: 同一事项正在法院审理。
  en: The matter is before the court.
weight: 2
status: active
owner: discipline
source: S0-54, XF09
*/
WITH same AS (
  SELECT p.first_id, COUNT(*) - 1 AS repeats, MAX(p.people) AS people,
         CAST(SUM(CASE WHEN p.is_open THEN 1 ELSE 0 END) AS BIGINT) AS still_open, MAX(p.petition_id) AS latest
  FROM petition p
  GROUP BY p.first_id
)
SELECT f.village_code, 'petition:' || CAST(f.petition_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN m.repeats >= $red_repeats OR m.people >= $red_people THEN 3
            WHEN m.repeats >= $orange_repeats OR m.people >= $orange_people THEN 2 ELSE 1 END AS level,
       'petition:' || CAST(f.petition_id AS VARCHAR) || ' petition:' || CAST(m.latest AS VARCHAR) AS evidence,
       f.number, m.repeats, m.people
FROM same m JOIN petition f ON f.petition_id = m.first_id
WHERE m.still_open > 0 AND (m.repeats >= $yellow_repeats OR m.people >= $orange_people)
