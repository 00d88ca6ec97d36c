/*
id: ZJ10
names: {zh: 先付后批, en: Paid before approval}
group: ZJ
grain: village
reads: [voucher, voucher_line]
parameters:
  red_cents: {value: 1000000, unit: cents, zh: 督办金额, en: Amount that is supervised, origin: default}
  emergency_days: {value: 3, unit: days, zh: 抢险救灾可以后补审批的天数, en: Days within which an emergency may be approved afterwards, origin: default}
levels:
  orange: {zh: 付款日早于审批日，或者没有审批人, en: Paid before the day of approval or without an approver}
  red: {zh: 超过1万元, en: More than 10000 yuan}
basis: []
note: {zh: 先批后付为各地通行要求，条文由县里核填。, en: That approval comes first is a general rule; the article is for the county to fill in.}
explain:
  zh: 凭证{number}于{money_on}付出{total_cents:money}，{approved_zh}。
  en: Voucher {number} paid {total_cents:money} on {money_on}; {approved_en}.
exclusions:
  zh: 银行手续费；本组织账户之间转存；抢险救灾三天内补批的；已冲销的凭证。
  en: Bank charges; transfers between own accounts; emergencies approved within three days; reversed vouchers.
false_alarms:
  zh: 纸面已审批，系统里补录晚了。
  en: Approved on paper and entered later.
weight: 3
nature: form
status: active
owner: agriculture
source: warnings ZJ10
*/
SELECT v.village_code, 'voucher:' || CAST(v.voucher_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN v.total_cents > $red_cents THEN 3 ELSE 2 END AS level,
       'voucher:' || CAST(v.voucher_id AS VARCHAR) AS evidence,
       v.number, v.total_cents, COALESCE(v.paid_on, v.voucher_date) AS money_on,
       CASE WHEN v.approver_id IS NULL OR v.approved_at IS NULL THEN '没有审批人'
            ELSE '审批日期' || CAST(CAST(v.approved_at AS DATE) AS VARCHAR) || '在后' END AS approved_zh,
       CASE WHEN v.approver_id IS NULL OR v.approved_at IS NULL THEN 'nobody approved it'
            ELSE 'it was approved only on ' || CAST(CAST(v.approved_at AS DATE) AS VARCHAR) END AS approved_en
FROM voucher v
WHERE v.kind = 'payment' AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
  AND (v.approver_id IS NULL OR v.approved_at IS NULL
       OR DATE_DIFF('day', COALESCE(v.paid_on, v.voucher_date), CAST(v.approved_at AS DATE)) >
          CASE WHEN REGEXP_MATCHES(v.summary, '抢险|救灾|应急|防汛') THEN $emergency_days ELSE 0 END)
  AND NOT REGEXP_MATCHES(v.summary, '手续费|工本费|短信费')
  AND v.voucher_id NOT IN (SELECT l.voucher_id FROM voucher_line l WHERE l.account IN (101, 102) AND l.debit_cents > 0)
