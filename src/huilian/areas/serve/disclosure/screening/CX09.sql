/*
id: CX09
names: {zh: 只公开总数或有遗漏, en: Totals only or lines left out}
group: CX
grain: village
reads: [disclosure]
nature: gain
parameters:
  orange_periods: {value: 2, unit: periods, zh: 几期如此预警, en: Periods like this before a warning, origin: default}
  window_days: {value: 365, unit: days, zh: 看多少天以内公开的, en: Published within so many days, origin: default}
levels:
  yellow: {zh: 公开的行数少于账上的笔数，或只有总数, en: "Fewer lines than in the books, or a total without lines"}
  orange: {zh: 一年内两期如此, en: Two periods within a year}
basis: [{law: 农村集体经济组织财务公开规定, version: 农经发〔2011〕13号, article: ""}]
note: {zh: 财务应逐笔逐项公开；条文序号请以正式文本为准。, en: Money is published line by line; check the article against the official text.}
explain:
  zh: "“{kind_zh}”最近一期（{period}）公开了{shown}行，账上应有{wanted}行，合计{total_cents:money}；一年内这样的共{periods}期。"
  en: "“{kind_en}” of {period} shows {shown} lines, the books have {wanted}; total {total_cents:money}; {periods} periods like this within a year."
exclusions:
  zh: 账上没有收支的月份、来源不提供笔数且有明细的、已撤下的不预警；一个事项只出一条。
  en: Left out are months without money moving, items with lines whose source gives no number, and what was withdrawn; one alert for a matter.
false_alarms:
  zh: 公开以后同月又补记了凭证，更正版本还没有发布。
  en: Vouchers were posted to the month after publication and the corrected version is still to come.
weight: 3
status: active
owner: agriculture
source: CX09
*/
WITH thin AS (
  SELECT village_code, kind, kind_zh, kind_en, disclosure_id, period, rows AS shown, expected_rows AS wanted, total_cents,
         ROW_NUMBER() OVER (PARTITION BY village_code, kind ORDER BY due_on DESC, disclosure_id DESC) AS place,
         COUNT(*) OVER (PARTITION BY village_code, kind) AS periods
  FROM disclosure
  WHERE published_on IS NOT NULL AND withdrawn_on IS NULL AND affairs = 'finance'
    AND (rows < expected_rows OR (rows = 0 AND total_cents <> 0))
    AND DATE_DIFF('day', published_on, $as_of) BETWEEN 0 AND $window_days
),
listed AS (
  SELECT village_code, kind, STRING_AGG('disclosure:' || CAST(disclosure_id AS VARCHAR), ' ' ORDER BY place) AS evidence
  FROM thin
  WHERE place <= 20
  GROUP BY village_code, kind
)
SELECT t.village_code, 'village:' || CAST(t.village_code AS VARCHAR) AS subject, t.kind AS key,
       CASE WHEN t.periods >= $orange_periods THEN 2 ELSE 1 END AS level,
       e.evidence, t.kind_zh, t.kind_en, t.period, t.shown, t.wanted, t.total_cents, t.periods
FROM thin t JOIN listed e ON e.village_code = t.village_code AND e.kind = t.kind
WHERE t.place = 1
