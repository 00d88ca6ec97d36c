/*
id: SP04
names: {zh: 不予受理无理由, en: Refused without a reason}
group: SP
grain: village
reads: [matter]
nature: form
parameters: 
  least_characters: {value: 10, unit: characters, zh: 理由最少字数, en: Fewest characters of a reason, origin: default}
levels:
  orange: {zh: 不予受理没有写理由或理由过短, en: Not accepted, without a reason or with hardly any}
basis: []
note: {zh: 各地电子监察办法的通行做法；数值由县里确定。, en: As places with electronic monitoring do it; the county sets the figures.}
explain:
  zh: "{number}于{closed_on}不予受理，理由“{refusal_note}”。"
  en: "{number} was not accepted on {closed_on}; reason: “{refusal_note}”."
exclusions:
  zh: 申请人自己撤回的不预警；热线不予受理须选法定理由，不在此列。
  en: What the applicant withdrew is left out; the hotline refuses on a listed legal ground only.
false_alarms:
  zh: 理由写在附件里。
  en: A reason given in an attachment.
weight: 2
status: active
owner: discipline
source: SP04
*/
SELECT m.village_code, 'matter:' || CAST(m.matter_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'matter:' || CAST(m.matter_id AS VARCHAR) AS evidence, m.number, CAST(m.closed_at AS DATE) AS closed_on, m.refusal_note
FROM matter m
WHERE m.state = 'refused' AND m.kind <> 'hotline' AND LENGTH(TRIM(m.refusal_note)) < $least_characters
