/*
id: CX02
names: {zh: 会议缺记录, en: Meeting without minutes}
group: CX
grain: village
reads: [decision_step, decision_execution]
nature: form
parameters:
  yellow_days: {value: 3, unit: days, zh: 会后多少天没有记录提醒, en: Yellow so many days after the meeting, origin: default}
  orange_days: {value: 10, unit: days, zh: 会后多少天没有记录橙色, en: Orange so many days after the meeting, origin: default}
levels:
  yellow: {zh: 会后3天没有会议记录, en: No minutes 3 days after the meeting}
  orange: {zh: 会后10天没有会议记录, en: No minutes 10 days after the meeting}
  red: {zh: 没有会议记录就花了钱, en: Money was spent without minutes}
basis: []
note: {zh: 天数没有上位规定，由县里确定。, en: No higher rule sets the days; the county does.}
explain:
  zh: "{body}{held_on}的会议（{meeting_no}）到现在没有会议记录。"
  en: "The meeting of {body} on {held_on} ({meeting_no}) has no minutes."
exclusions:
  zh: 取消的、还没有开的会不预警。
  en: Meetings called off or still to come are left out.
false_alarms:
  zh: 纸质记录已有，还没有扫描。
  en: The minutes exist on paper and have not been scanned.
weight: 2
status: active
owner: agriculture
source: CX02
*/
WITH spent AS (
  SELECT decision_id, CAST(SUM(COALESCE(amount_cents, 0)) AS BIGINT) AS cents FROM decision_execution GROUP BY decision_id
)
SELECT s.village_code, 'decision_step:' || CAST(s.row_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN COALESCE(e.cents, 0) > 0 THEN 3
            WHEN DATE_DIFF('day', s.held_on, $as_of) >= $orange_days THEN 2 ELSE 1 END AS level,
       'decision_step:' || CAST(s.row_id AS VARCHAR) AS evidence, s.body, s.held_on, s.meeting_no
FROM decision_step s LEFT JOIN spent e ON e.decision_id = s.decision_id
WHERE s.minutes_at IS NULL AND s.state IN ('open', 'closed')
  AND (DATE_DIFF('day', s.held_on, $as_of) >= $yellow_days OR COALESCE(e.cents, 0) > 0)
