/*
id: ZC09
names: {zh: 帮扶项目资产没有收益, en: Assets of assistance projects without income}
group: ZC
grain: village
reads: [asset, due, distribution_row]
nature: form
parameters:
  orange_days: {value: 365, unit: days, zh: 多少天没有收益预警, en: Days without income before a warning, origin: default}
  red_days: {value: 730, unit: days, zh: 多少天没有收益督办, en: Days without income before supervision, origin: default}
  share_days: {value: 730, unit: days, zh: 有收益但多少天没有分配预警, en: "Days without a distribution, although there is income, before a warning", origin: default}
levels:
  orange: {zh: 一年没有收益，或有收益却两年没有分配, en: "No income for a year, or income but no distribution for two years"}
  red: {zh: 两年没有收益, en: No income for two years}
basis: [{law: 关于加强扶贫项目资产后续管理的指导意见, version: 国办函〔2021〕51号, article: ""}]
note: {zh: 天数由县里确定。, en: The county sets the days.}
explain:
  zh: "{name}（{number}）用“{fund}”资金形成，{acquired_on}取得，最近一次收益：{last_paid}，已有{days}天没有收益；村里最近一次分配：{last_shared}。"
  en: "{name} ({number}) was paid for by “{fund}” and acquired on {acquired_on}; last income: {last_paid}, {days} days ago; last distribution in the village: {last_shared}."
exclusions:
  zh: 公益和基础设施资产、取得不满一年（建设期）的不预警；村里没有登记过分配的，只看收益。
  en: Left out are public facilities, infrastructure and assets held for less than a year; where no distribution was ever entered, only income is looked at.
false_alarms:
  zh: 收益由上级公司统一收取后拨付，没有记在本资产合同上；项目约定前几年免租。
  en: Income collected by a company above and passed on without this asset's contract; years free of rent by agreement.
weight: 4
status: active
owner: agriculture
source: ZC09
*/
WITH funded AS (
  SELECT village_code, asset_id, number, name, fund, acquired_on
  FROM asset
  WHERE (CONTAINS(fund, '帮扶') OR CONTAINS(fund, '扶贫') OR CONTAINS(fund, '衔接'))
    AND class NOT IN ('welfare', 'infrastructure') AND status NOT IN ('sold', 'scrapped')
    AND DATE_DIFF('day', acquired_on, $as_of) > $orange_days
),
income AS (
  SELECT asset_id, MAX(paid_on) AS last_paid
  FROM due
  WHERE paid_cents > 0 AND paid_on IS NOT NULL AND asset_id IN (SELECT asset_id FROM funded)
  GROUP BY asset_id
),
shared AS (
  SELECT village_code, MAX(paid_on) AS last_shared
  FROM distribution_row
  WHERE paid_on IS NOT NULL AND village_code IN (SELECT village_code FROM funded)
  GROUP BY village_code
),
judged AS (
  SELECT f.village_code, f.asset_id, f.number, f.name, f.fund, f.acquired_on, i.last_paid, s.last_shared,
         DATE_DIFF('day', COALESCE(i.last_paid, f.acquired_on), $as_of) AS days,
         DATE_DIFF('day', CASE WHEN s.last_shared < f.acquired_on THEN f.acquired_on ELSE s.last_shared END, $as_of) AS unshared
  FROM funded f
  LEFT JOIN income i ON i.asset_id = f.asset_id
  LEFT JOIN shared s ON s.village_code = f.village_code
)
SELECT j.village_code, 'asset:' || CAST(j.asset_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN j.days > $red_days THEN 3 ELSE 2 END AS level,
       'asset:' || CAST(j.asset_id AS VARCHAR) AS evidence,
       j.number, j.name, j.fund, j.acquired_on, j.last_paid, j.days, j.last_shared
FROM judged j
WHERE j.days > $orange_days OR (j.last_paid IS NOT NULL AND j.unshared > $share_days)
