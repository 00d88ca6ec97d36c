/*
id: HT01
names: {zh: 合同到期, en: Contract at its end}
group: HT
grain: village
reads: [contract, asset]
nature: form
parameters:
  before_days: {value: 90, unit: days, zh: 到期前多少天提示, en: Days before the end for a reminder, origin: default}
  after_days: {value: 30, unit: days, zh: 到期后多少天未续未收回督办, en: Days after the end before supervision, origin: default}
  short_days: {value: 180, unit: days, zh: 租期不超过多少天的不提前提示, en: Terms up to this get no reminder before their end, origin: default}
levels:
  yellow: {zh: 90天内到期，尚未续签, en: Ends within 90 days and is not renewed}
  orange: {zh: 已经到期，没有续签也没有收回, en: "Has ended, neither renewed nor given back"}
  red: {zh: 到期超过30天仍在使用, en: Ended more than 30 days ago and still in use}
basis: [{law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第七百三十四条}]
note: {zh: 提前天数由县里确定。, en: The county sets how early to remind.}
explain:
  zh: "合同{number}（{title}，{party}）{ends_on}到期，截至{as_of}没有续签，也没有收回。"
  en: "Contract {number} ({title}, {party}) ends on {ends_on}; as of {as_of} it is neither renewed nor closed."
exclusions:
  zh: 已有续签合同的、资产已收回（不再是出租状态）的、租期不超过180天的短租不提前提示。
  en: Left out are contracts with a renewal, assets already given back, and before their end terms of up to 180 days.
false_alarms:
  zh: 双方已书面同意续期但没有录入；到期后正在公开招租。
  en: Holding over agreed in writing but not entered; a new letting under way.
weight: 2
status: active
owner: agriculture
source: HT01, C01, C02
*/
SELECT c.village_code, 'contract:' || CAST(c.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN DATE_DIFF('day', c.ends_on, $as_of) > $after_days THEN 3 WHEN c.ends_on <= $as_of THEN 2 ELSE 1 END AS level,
       'contract:' || CAST(c.contract_id AS VARCHAR) AS evidence,
       c.number, c.title, c.party, c.ends_on, DATE_DIFF('day', $as_of, c.ends_on) AS days, c.yearly_cents
FROM contract c
LEFT JOIN asset a ON a.asset_id = c.asset_id
WHERE c.direction = 'income' AND c.kind IN ('lease', 'contracting') AND c.status = 'active' AND c.ended_on IS NULL
  AND DATE_DIFF('day', $as_of, c.ends_on) <= $before_days
  AND (c.ends_on <= $as_of OR DATE_DIFF('day', c.starts_on, c.ends_on) > $short_days)
  AND (c.ends_on > $as_of OR a.status IS NULL OR a.status = 'let')
  AND c.contract_id NOT IN (SELECT renews_id FROM contract WHERE renews_id IS NOT NULL AND status <> 'draft')
