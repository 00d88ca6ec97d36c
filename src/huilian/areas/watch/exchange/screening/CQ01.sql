/*
id: CQ01
names: {zh: 公告期不足或没有在村公示, en: Notice too short or not hung up in the village}
group: CQ
grain: village
reads: [lot, lot_notice]
nature: form
parameters:
  yellow_days: {value: 2, unit: days, zh: 发布后几天没有在村张贴提示, en: Reminder when not hung up so many days after it was published, origin: default}
  window_days: {value: 365, unit: days, zh: 看多少天以内的公告, en: Notices of the last so many days, origin: default}
levels:
  yellow: {zh: 公告发布两天后还没有在村公示栏张贴, en: Two days after publication not yet on the village board}
  orange: {zh: 报名截止仍没有张贴，或者公告天数不足, en: "Registration over and still not hung up, or fewer days than the table says"}
basis: []
note: {zh: 公告期以县里“交易时限”表为准；村公示栏同步张贴是产权交易的通行要求，没有全国统一条文。, en: "The days are those of the county's table of periods; the village board is common practice without a national rule."}
explain:
  zh: "{title}{published_at:date}公告，报名到{shown_until:date}，至少应到{least_until}，在村张贴日期：{posted_on}。"
  en: "{title}: published {published_at:date}, open until {shown_until:date}, at least until {least_until}; on the village board since {posted_on}."
exclusions:
  zh: 不在村的标的不看村公示栏；撤回和终止的标的。
  en: "The village board is not asked of lots that lie in no village; lots withdrawn or terminated are left out."
false_alarms:
  zh: 已张贴没有登记。
  en: Hung up and not noted.
weight: 2
status: active
owner: agriculture
source: CQ01
*/
SELECT n.village_code, 'lot:' || CAST(n.lot_id AS VARCHAR) AS subject, CAST(n.notice_id AS VARCHAR) AS key,
       CASE WHEN n.shown_until < n.least_until OR n.shown_until < $as_of THEN 2 ELSE 1 END AS level,
       'lot_notice:' || CAST(n.notice_id AS VARCHAR) AS evidence,
       l.title, n.published_at, n.shown_until, n.least_until, n.posted_on
FROM lot_notice n JOIN lot l ON l.lot_id = n.lot_id
WHERE n.kind = 'listing' AND l.outcome <> 'terminated' AND l.step <> 'withdrawn'
  AND DATE_DIFF('day', n.published_at, $as_of) BETWEEN 0 AND $window_days
  AND (n.shown_until < n.least_until
    OR (n.posted_on IS NULL AND n.village_code % 1000 <> 0 AND DATE_DIFF('day', n.published_at, $as_of) > $yellow_days))
