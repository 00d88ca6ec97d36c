/*
id: SP09
names: {zh: 裁量异常, en: Odd penalty}
group: SP
grain: village
reads: [penalty]
nature: gain
parameters: 
  least_peers: {value: 5, unit: cases, zh: 同档比较最少件数, en: Fewest cases of a band to compare with, origin: default}
levels:
  yellow: {zh: 比同档平均偏离超过1个标准差, en: More than one standard deviation from its peers}
  orange: {zh: 偏离超过2个标准差，或超出裁量幅度, en: More than two, or outside the band}
basis: [{law: 行政处罚法, version: 2021年修订, article: 第三十四条}]
note: {zh: 各地电子监察办法的通行做法；数值由县里确定。, en: As places with electronic monitoring do it; the county sets the figures.}
explain:
  zh: "{number}罚款{amount_cents:money}元，“{band_name}”幅度{low_cents:money}至{high_cents:money}元，同档平均{mean_cents:money}元。"
  en: "{number}: fine {amount_cents:money} yuan; “{band_name}” allows {low_cents:money} to {high_cents:money}; peers {mean_cents:money} on average."
exclusions:
  zh: 同档不足5件的只看是否超出幅度。
  en: With fewer than five of the band only the band counts.
false_alarms:
  zh: 有减轻或者从重情节并写明理由。
  en: Mitigating facts that are written down.
weight: 3
status: active
owner: discipline
source: SP09
*/
WITH peers AS (
  SELECT p.band_id, COUNT(*) AS n, AVG(p.amount_cents) AS mean, STDDEV_POP(p.amount_cents) AS spread
  FROM penalty p
  GROUP BY p.band_id
),
judged AS (
  SELECT p.village_code, p.penalty_id, p.number, p.band_name, p.low_cents, p.high_cents, p.amount_cents, q.mean,
         CASE WHEN p.amount_cents < p.low_cents OR p.amount_cents > p.high_cents THEN 2
              WHEN q.n < $least_peers OR q.spread = 0 THEN 0
              WHEN ABS(p.amount_cents - q.mean) > 2 * q.spread THEN 2
              WHEN ABS(p.amount_cents - q.mean) > q.spread THEN 1
              ELSE 0 END AS level
  FROM penalty p JOIN peers q ON q.band_id = p.band_id
)
SELECT j.village_code, 'penalty:' || CAST(j.penalty_id AS VARCHAR) AS subject, '' AS key, j.level,
       'penalty:' || CAST(j.penalty_id AS VARCHAR) AS evidence,
       j.number, j.band_name, j.low_cents, j.high_cents, j.amount_cents, CAST(ROUND(j.mean) AS BIGINT) AS mean_cents
FROM judged j
WHERE j.level > 0
