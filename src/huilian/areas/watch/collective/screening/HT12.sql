/*
id: HT12
names: {zh: 合同未备案或没有扫描件, en: Contract not filed or without a scan}
group: HT
grain: village
reads: [contract]
nature: form
parameters:
  yellow_days: {value: 10, unit: days, zh: 签订后多少天未备案提示, en: Days after signing before a reminder, origin: default}
  orange_days: {value: 30, unit: days, zh: 签订后多少天未备案预警, en: Days after signing before a warning, origin: default}
  red_days: {value: 90, unit: days, zh: 签订后多少天未备案督办, en: Days after signing before supervision, origin: default}
  window_days: {value: 1826, unit: days, zh: 看多少天以内签订的合同, en: Contracts signed within so many days, origin: default}
levels:
  yellow: {zh: 签订超过10天没有报乡镇备案或没有扫描件, en: "Not filed with the township, or no scan, more than 10 days after signing"}
  orange: {zh: 超过30天, en: More than 30 days}
  red: {zh: 超过90天, en: More than 90 days}
basis: []
note: {zh: 备案期限由县里规定。, en: The county sets the time for filing.}
explain:
  zh: "合同{number}（{title}，{party}）{signed_on}签订，已过{days}天；报乡镇备案：{filed_on}，留有扫描件：{has_scan}。"
  en: "Contract {number} ({title}, {party}) was signed on {signed_on}, {days} days ago; filed with the township: {filed_on}, scan kept: {has_scan}."
exclusions:
  zh: 口头约定（由HT06管）、草稿、已终止的和五年以前签订的不预警。
  en: Left out are oral agreements (HT06 looks at those), drafts, contracts that have ended and those signed more than five years ago.
false_alarms:
  zh: 已送乡镇，正在审核；扫描件在别的系统里。
  en: Handed in and being read; the scan lies in another system.
weight: 1
status: active
owner: agriculture
source: HT12
*/
WITH unfiled AS (
  SELECT village_code, contract_id, number, title, party, signed_on, filed_on, has_scan,
         DATE_DIFF('day', signed_on, $as_of) AS days
  FROM contract
  WHERE status = 'active' AND NOT is_oral AND (filed_on IS NULL OR NOT has_scan)
    AND DATE_DIFF('day', signed_on, $as_of) BETWEEN 0 AND $window_days
)
SELECT u.village_code, 'contract:' || CAST(u.contract_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN u.days > $red_days THEN 3 WHEN u.days > $orange_days THEN 2 ELSE 1 END AS level,
       'contract:' || CAST(u.contract_id AS VARCHAR) AS evidence,
       u.number, u.title, u.party, u.signed_on, u.days, u.filed_on, u.has_scan
FROM unfiled u
WHERE u.days > $yellow_days
