/*
id: XT02
names: {zh: 数据质量低, en: Bad data}
group: XT
grain: village
reads: [feed]
parameters:
  least_rows: {value: 20, unit: rows, zh: 至少多少行才计算, en: Fewest rows that count, origin: default}
  yellow_permille: {value: 10, unit: permille, zh: 错误率提醒线, en: Share of errors that is noticed, origin: default}
  orange_permille: {value: 50, unit: permille, zh: 错误率督促线, en: Share of errors that is urged, origin: default}
  red_permille: {value: 100, unit: permille, zh: 错误率督办线, en: Share of errors that is supervised, origin: default}
levels:
  yellow: {zh: 错误行超过1%, en: More than 1 per cent of the rows with errors}
  orange: {zh: 超过5%, en: More than 5 per cent}
  red: {zh: 超过10%，应停用相关模型, en: "More than 10 per cent: stop the rules that use it"}
basis: []
note: {zh: 错误由数据主管单位更正，不计入村的问题。, en: "The owner of the data corrects it; no village is blamed for it."}
explain:
  zh: 数据源{name}最近一次{rows}行里有{faults}行证件号、金额或日期有错。
  en: Of the {rows} rows last delivered by the feed {name}, {faults} have errors in identity numbers, amounts or dates.
exclusions:
  zh: 不足20行的。
  en: Fewer than 20 rows.
false_alarms:
  zh: 系统迁移时的历史数据。
  en: Old data brought over from another system.
weight: 1
nature: form
status: active
owner: system
source: warnings XT02
*/
SELECT f.village_code, 'feed:' || CAST(f.feed_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN f.faults * 1000 > f.rows * $red_permille THEN 3
            WHEN f.faults * 1000 > f.rows * $orange_permille THEN 2 ELSE 1 END AS level,
       'feed:' || CAST(f.feed_id AS VARCHAR) AS evidence, f.name, f.rows, f.faults
FROM feed f
WHERE f.rows >= $least_rows AND f.faults * 1000 > f.rows * $yellow_permille
