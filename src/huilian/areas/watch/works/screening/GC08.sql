/*
id: GC08
names: {zh: 超进度付款, en: Paid ahead of progress}
group: GC
grain: village
reads: [project, project_pay]
nature: gain
parameters:
  yellow_percent: {value: 10, unit: percent, zh: 超出多少提示, en: "Reminder above", origin: default}
  orange_percent: {value: 20, unit: percent, zh: 督促, en: "Urged above", origin: default}
  red_percent: {value: 30, unit: percent, zh: 督办, en: "Supervised above", origin: default}
levels:
  yellow: {zh: 付款比例超过完成进度10个百分点, en: "Paid 10 points more than is done"}
  orange: {zh: 超过20个百分点, en: "20 points more"}
  red: {zh: 超过30个百分点, en: "30 points more"}
basis:
  - {law: 建设工程价款结算暂行办法, version: 财建〔2004〕369号, article: 第十二条、第十三条}
note: {zh: 预付款在规定比例以内的不算；进度以现场登记为准，复测调低的按复测。, en: "An advance within its share does not count; progress as noted on the site, or as measured again."}
explain:
  zh: "{title}已申请付款{asked_cents:money}，占合同与变更的{paid:percent}，现场完成{progress}%。"
  en: "{title}: {asked_cents:money} is asked for, {paid:percent} of contract and changes, while {progress} % is done."
exclusions:
  zh: 不予支付的申请；结算以后的付款。
  en: "Requests that were dropped; payments after the settlement."
false_alarms:
  zh: 进度登记滞后。
  en: "Progress that was noted late."
weight: 4
status: active
owner: agriculture
source: GC08
*/
WITH asked AS (
  SELECT project_id, CAST(SUM(amount_cents) AS BIGINT) AS asked_cents,
         STRING_AGG('project_pay:' || CAST(pay_id AS VARCHAR), ' ' ORDER BY pay_id) AS rows_
  FROM project_pay WHERE NOT is_dropped AND asked_on <= $as_of
  GROUP BY project_id HAVING COUNT(*) <= 19
),
ahead AS (
  SELECT p.village_code, p.project_id, p.title, p.progress, a.asked_cents, a.rows_,
         a.asked_cents * 100.0 / NULLIF(p.contract_cents + p.changes_cents, 0) AS paid,
         GREATEST(p.progress, p.advance_permille / 10.0) AS due
  FROM project p JOIN asked a ON a.project_id = p.project_id
  WHERE p.contract_cents > 0 AND p.settled_on IS NULL
)
SELECT village_code, 'project:' || CAST(project_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN paid - due > $red_percent THEN 3 WHEN paid - due > $orange_percent THEN 2 ELSE 1 END AS level,
       'project:' || CAST(project_id AS VARCHAR) || ' ' || rows_ AS evidence, title, asked_cents, progress,
       ROUND(paid / 100, 4) AS paid
FROM ahead
WHERE paid - due > $yellow_percent
