/*
id: XT04
names: {zh: 误报率过高, en: A rule that is often wrong}
group: XT
grain: village
reads: [rule_stat]
parameters:
  least: {value: 20, unit: alerts, zh: 至少核查过多少条, en: Fewest alerts that were decided, origin: default}
  yellow_percent: {value: 50, unit: percent, zh: 不属实比例提醒线（降为黄色）, en: "Share not true that is noticed (the rule gives yellow only)", origin: default}
  orange_percent: {value: 80, unit: percent, zh: 不属实比例督促线（转为试运行）, en: "Share not true that is urged (the rule goes on trial)", origin: default}
levels:
  yellow: {zh: 核查过的预警一半以上不属实, en: More than half of what was checked is not true}
  orange: {zh: 80%以上不属实, en: More than 80 per cent is not true}
basis: []
note: {zh: 数据错误不计入模型的误报。, en: Errors in the data are not the rule's.}
explain:
  zh: 模型{rule}核查过{decided}条，{untrue}条不属实，请调整参数或排除条件。
  en: "Of {decided} checked alerts of rule {rule}, {untrue} were not true: change its parameters or exclusions."
exclusions:
  zh: 核查不足20条的；数据错误。
  en: Fewer than 20 decided; errors in the data.
false_alarms:
  zh: 首次导入历史数据。
  en: The first load of old data.
weight: 1
nature: form
status: active
owner: system
source: warnings XT04
*/
SELECT r.village_code, 'rule:' || r.rule AS subject, '' AS key,
       CASE WHEN r.untrue * 100 > r.decided * $orange_percent THEN 2 ELSE 1 END AS level,
       'rule_stat:' || CAST(r.rule_stat_id AS VARCHAR) AS evidence, r.rule, r.decided, r.untrue
FROM rule_stat r
WHERE r.decided >= $least AND r.untrue * 100 > r.decided * $yellow_percent
