/*
id: CX10
names: {zh: 公开内容照搬、照片重复, en: Recycled notice or photograph}
group: CX
grain: village
reads: [disclosure]
nature: gain
parameters:
  fixed_kinds: {value: [finance.assets, finance.debts, party.organisation, village.relief_list], unit: "", zh: 内容本来可能不变的事项, en: Matters whose contents may well stay the same, origin: default}
  window_days: {value: 730, unit: days, zh: 看多少天以内公开的, en: Published within so many days, origin: default}
levels:
  orange: {zh: 与以前一期的照片或全部内容完全相同, en: Photograph or all lines are exactly those of an earlier period}
basis: []
note: {zh: 比对的是照片和明细的摘要值，完全相同才命中。, en: "Digests are compared, so only exact copies are hit."}
explain:
  zh: "“{kind_zh}”（{period}）与{earlier_period}那一期完全相同；照片相同：{same_photo}，明细相同：{same_lines}。"
  en: "“{kind_en}” ({period}) is exactly that of {earlier_period}; same photograph: {same_photo}, same lines: {same_lines}."
exclusions:
  zh: 同一天张贴多件用同一张照片的、常年公示的事项、没有明细的空表不预警；资产、债务、分工等可能不变的事项只比照片，不比内容。
  en: Left out are several items posted on one day with one photograph, standing notices and empty tables; for matters that may stay the same, such as assets, debts and duties, only the photograph is compared.
false_alarms:
  zh: 名单确实没有变化；同一张照片误传。
  en: A list that really did not change; the wrong photograph sent in by mistake.
weight: 3
status: active
owner: agriculture
source: CX10
*/
WITH repeating AS (  -- cheap to tell, and leaves few villages
  SELECT village_code FROM disclosure WHERE photo_hash <> ''
  GROUP BY village_code, photo_hash HAVING COUNT(*) > 1
  UNION
  SELECT village_code FROM disclosure WHERE body_hash <> '' AND kind NOT IN ($fixed_kinds)
  GROUP BY village_code, body_hash HAVING COUNT(*) > 1
),
shown AS (
  SELECT village_code, kind, kind_zh, kind_en, disclosure_id, period, due_on, published_on, photo_hash,
         CASE WHEN kind IN ($fixed_kinds) THEN '' ELSE body_hash END AS body_hash
  FROM disclosure
  WHERE published_on IS NOT NULL AND withdrawn_on IS NULL AND period <> 'always'
    AND DATE_DIFF('day', published_on, $as_of) BETWEEN 0 AND $window_days
    AND (photo_hash <> '' OR body_hash <> '') AND village_code IN (SELECT village_code FROM repeating)
),
copied AS (
  SELECT village_code, kind, 'photo' AS part, photo_hash AS hash, MIN(due_on) AS first_due
  FROM shown WHERE photo_hash <> ''
  GROUP BY village_code, kind, photo_hash HAVING MIN(published_on) < MAX(published_on)
  UNION ALL
  SELECT village_code, kind, 'lines' AS part, body_hash AS hash, MIN(due_on) AS first_due
  FROM shown WHERE body_hash <> ''
  GROUP BY village_code, kind, body_hash HAVING COUNT(*) > 1
),
hit AS (
  SELECT s.village_code, s.disclosure_id, s.kind_zh, s.kind_en, s.period, MIN(f.disclosure_id) AS earlier_id, MIN(f.period) AS earlier_period,
         MAX(CASE WHEN c.part = 'photo' THEN 1 ELSE 0 END) = 1 AS same_photo,
         MAX(CASE WHEN c.part = 'lines' THEN 1 ELSE 0 END) = 1 AS same_lines
  FROM copied c
  JOIN shown s ON s.village_code = c.village_code AND s.kind = c.kind
    AND c.hash = CASE WHEN c.part = 'photo' THEN s.photo_hash ELSE s.body_hash END
  JOIN shown f ON f.village_code = c.village_code AND f.kind = c.kind AND f.due_on = c.first_due
    AND c.hash = CASE WHEN c.part = 'photo' THEN f.photo_hash ELSE f.body_hash END
  WHERE s.due_on > c.first_due AND NOT (c.part = 'photo' AND s.published_on = f.published_on)
  GROUP BY s.village_code, s.disclosure_id, s.kind_zh, s.kind_en, s.period
)
SELECT h.village_code, 'disclosure:' || CAST(h.disclosure_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'disclosure:' || CAST(h.disclosure_id AS VARCHAR) || ' disclosure:' || CAST(h.earlier_id AS VARCHAR) AS evidence,
       h.kind_zh, h.kind_en, h.period, h.earlier_period, h.same_photo, h.same_lines
FROM hit h
