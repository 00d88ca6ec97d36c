/*
id: XF11
names: {zh: 信访量突增（乡镇）, en: Petitions of a township rise}
group: XF
grain: county
reads: [petition]
nature: gain
parameters:
  window_days: {value: 30, unit: days, zh: 比较窗口, en: Window that is compared, origin: default}
  least: {value: 5, unit: matters, zh: 少于几件不计较, en: Matters too few to mind, origin: default}
  yellow_percent: {value: 150, unit: percent, zh: 达到此前均值的百分之几提示, en: Share of the mean before for a reminder, origin: default}
  orange_percent: {value: 200, unit: percent, zh: 预警, en: For a warning, origin: default}
  red_percent: {value: 300, unit: percent, zh: 督办, en: For supervision, origin: default}
levels:
  yellow: {zh: 近30天达到前三个窗口均值的1.5倍, en: The last 30 days are 1.5 times the mean of the three windows before}
  orange: {zh: 2倍, en: Twice}
  red: {zh: 3倍, en: Three times}
basis: []
note: {zh: 没有统一数值，由县里确定；升高本身不是坏事，渠道畅通了也会升高。, en: The county sets the figures; a rise alone is no fault, open channels raise it too.}
explain:
  zh: "近{window_days}天新增{now_count}件，前三个窗口平均{usual_count}件。"
  en: "{now_count} new matters in {window_days} days; {usual_count} on average in the three windows before."
exclusions:
  zh: 不足5件的不计；前三个窗口一件都没有的不比。
  en: Fewer than five are left out; so is a township without any before.
false_alarms:
  zh: 新政策集中咨询；把旧件补录进来。
  en: Questions about a new policy; old matters entered late.
weight: 2
status: active
owner: discipline
source: S0-54
*/
WITH counted AS (
  SELECT p.township_id, MIN(p.village_code) AS village_code,
         CAST(SUM(CASE WHEN DATE_DIFF('day', CAST(p.received_at AS DATE), $as_of) < $window_days THEN 1 ELSE 0 END) AS BIGINT) AS now_count,
         CAST(SUM(CASE WHEN DATE_DIFF('day', CAST(p.received_at AS DATE), $as_of) >= $window_days THEN 1 ELSE 0 END) AS BIGINT) AS before,
         MAX(p.petition_id) AS last
  FROM petition p
  WHERE DATE_DIFF('day', CAST(p.received_at AS DATE), $as_of) BETWEEN 0 AND 4 * $window_days - 1
  GROUP BY p.township_id
)
SELECT c.village_code, 'petition_township:' || CAST(c.township_id AS VARCHAR) AS subject, 'volume' AS key,
       CASE WHEN c.now_count * 300 >= c.before * $red_percent THEN 3
            WHEN c.now_count * 300 >= c.before * $orange_percent THEN 2 ELSE 1 END AS level,
       'petition:' || CAST(c.last AS VARCHAR) AS evidence,
       c.now_count, ROUND(c.before / 3.0, 1) AS usual_count
FROM counted c
WHERE c.now_count >= $least AND c.before > 0 AND c.now_count * 300 >= c.before * $yellow_percent
