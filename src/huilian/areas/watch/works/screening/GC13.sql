/*
id: GC13
names: {zh: 新成立的空壳企业, en: A young firm without people}
group: GC
grain: village
reads: [project]
nature: gain
parameters:
  young_days: {value: 365, unit: days, zh: 成立不足多少天, en: "Founded fewer days ago than", origin: default}
  few: {value: 2, unit: people, zh: 参保人数不超过, en: "People insured, at most", origin: default}
  large_cents: {value: 10000000, unit: cents, zh: 合同价达到, en: "Contract from", origin: default}
levels:
  orange: {zh: 成立不到一年、参保不超过两人而承接较大工程, en: "Founded within a year, at most two people insured, and a large contract"}
basis: []
note: {zh: 只用成立日期和参保人数；纳税数据不在本系统，因此不升为红色。, en: "Only founding day and insured people; the product keeps no tax figures, so it never becomes red."}
explain:
  zh: "{title}（{contract_cents:money}）由{contractor}承建，该企业{founded_on}成立，参保{insured}人。"
  en: "{title} ({contract_cents:money}) is built by {contractor}, founded on {founded_on}, {insured} people insured."
exclusions:
  zh: 没有登记成立日期或参保人数的；工匠。
  en: "Firms whose founding day or insured people are not entered; craftsmen."
false_alarms:
  zh: 新成立的村集体公司、合作社。
  en: "A new company of the collective."
weight: 3
status: active
owner: agriculture
source: GC13
*/
SELECT village_code, 'project:' || CAST(project_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'project:' || CAST(project_id AS VARCHAR) AS evidence, title, contract_cents, contractor, founded_on, insured
FROM project
WHERE contract_cents >= $large_cents AND insured <= $few AND awarded_on <= $as_of
  AND DATE_DIFF('day', founded_on, awarded_on) BETWEEN 0 AND $young_days
