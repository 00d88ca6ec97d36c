/*
id: ZB13
names: {zh: 专家打分偏离, en: An expert's points far off the panel's}
group: ZB
grain: village
reads: [lot, expert_score]
nature: gain
parameters:
  min_panel: {value: 5, unit: times, zh: 评委至少几人, en: Experts needed on the panel, origin: default}
  least_points: {value: 6, unit: times, zh: 与其他评委均分至少相差几分, en: Points apart from the others' mean at least, origin: default}
  yellow_sd: {value: 3, unit: times, zh: 相差其他评委标准差几倍提示, en: Reminder above so many standard deviations of the others, origin: default}
  orange_sd: {value: 5, unit: times, zh: 督促, en: Urged above, origin: default}
levels:
  yellow: {zh: 一名专家给一家的分数偏离其他专家三个标准差以上, en: "One expert's points for one bidder are more than three standard deviations off the others'"}
  orange: {zh: 五个标准差以上, en: More than five}
basis: []
note: {zh: 与其余评委比较（五人评委会里，把本人算进去最多只能偏离两个标准差）；标准差不足1分按1分计。专家由可验证的抽签产生，被抽中次数不比较。, en: "Compared with the other experts (in a panel of five nobody can be more than two deviations off a mean that includes himself); deviations under one point count as one. Experts are drawn by a verifiable draw, so how often one is drawn is not compared."}
explain:
  zh: "{title}：{expert}给一家投标人打{points}分，其余评委平均{others}分。"
  en: "{title}: {expert} gave a bidder {points} points, the others {others} on average."
exclusions:
  zh: 评委不足五人的。
  en: Panels of fewer than five.
false_alarms:
  zh: 专业意见确有分歧；发现了其他评委没有看到的问题。
  en: A true difference of opinion; a fault the others did not see.
weight: 3
status: active
owner: discipline
source: ZB13
*/
WITH panel AS (
  SELECT lot_id, registration_id, COUNT(*) AS experts, SUM(points) AS total, SUM(points * points) AS squares
  FROM expert_score GROUP BY lot_id, registration_id HAVING COUNT(*) >= $min_panel
),
apart AS (
  SELECT s.village_code, s.lot_id, s.score_id, s.expert_id, s.expert, s.points, p.experts,
         (p.total - s.points) / NULLIF(p.experts - 1, 0) AS others, p.squares - s.points * s.points AS squares
  FROM expert_score s JOIN panel p ON p.lot_id = s.lot_id AND p.registration_id = s.registration_id
),
judged AS (
  SELECT village_code, lot_id, score_id, expert_id, expert, points, others,
         ABS(points - others)
           / NULLIF(SQRT(GREATEST((squares - (experts - 1) * others * others) / NULLIF(experts - 2, 0), 1.0)), 0) AS off
  FROM apart WHERE ABS(points - others) >= $least_points
),
worst AS (
  SELECT village_code, lot_id, score_id, expert_id, expert, points, others, off,
         ROW_NUMBER() OVER (PARTITION BY lot_id, expert_id ORDER BY off DESC, score_id) AS n
  FROM judged WHERE off > $yellow_sd
)
SELECT w.village_code, 'bidding:' || CAST(w.lot_id AS VARCHAR) AS subject, CAST(w.expert_id AS VARCHAR) AS key,
       CASE WHEN w.off > $orange_sd THEN 2 ELSE 1 END AS level, 'expert_score:' || CAST(w.score_id AS VARCHAR) AS evidence,
       l.title, w.expert, w.points, ROUND(w.others, 2) AS others
FROM worst w JOIN lot l ON l.lot_id = w.lot_id
WHERE w.n = 1
