/*
id: XC04
names: {zh: 群众说没有改, en: People say it was not put right}
group: XC
grain: village
reads: [finding]
nature: gain
parameters: 
  voices: {value: 2, unit: people, zh: 至少几人说没有改, en: People who must say so, origin: default}
levels:
  orange: {zh: 已销号，达到人数的群众说没有改, en: Signed off, and enough people say it was not put right}
  red: {zh: 说没有改的多于说改了的, en: More say no than yes}
basis: []
note: {zh: 整改真实性核验没有上级数值规定，数值由县里确定。, en: No higher rule sets these figures; they are set by the county.}
explain:
  zh: "{number}已销号，{say_no}人说没有改，{say_yes}人说改了。"
  en: "{number} is signed off; {say_no} people say it was not put right, {say_yes} that it was."
exclusions:
  zh: 还没销号的不预警。
  en: What is not signed off is left out.
false_alarms:
  zh: 个别人对别的事不满。
  en: Somebody is dissatisfied with another matter.
weight: 5
status: active
owner: discipline
source: XC04
*/
SELECT f.village_code, 'finding:' || CAST(f.finding_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN f.say_no > f.say_yes THEN 3 ELSE 2 END AS level,
       'finding:' || CAST(f.finding_id AS VARCHAR) AS evidence, f.number, f.say_no, f.say_yes
FROM finding f
WHERE f.is_closed AND f.say_no >= $voices
