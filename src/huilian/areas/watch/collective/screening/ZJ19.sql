/*
id: ZJ19
names: {zh: 摘要含糊或科目错配, en: Vague summaries and wrong accounts}
group: ZJ
grain: village
reads: [voucher, voucher_line]
parameters:
  yellow_count: {value: 3, unit: vouchers, zh: 一个月几张提醒, en: Vouchers in a month that are noticed, origin: default}
  orange_count: {value: 10, unit: vouchers, zh: 一个月几张督促, en: Vouchers in a month that are urged, origin: default}
levels:
  yellow: {zh: 一个月3张, en: Three in a month}
  orange: {zh: 一个月10张, en: Ten in a month}
basis: []
note: {zh: 只作记账质量提示，不作为问题认定。, en: "A matter of the quality of the books, not of guilt."}
explain:
  zh: "{month:month}有{vouchers}张凭证摘要看不出用途，或者科目与摘要不符。"
  en: "In {month:month} {vouchers} vouchers have a summary that tells nothing, or one that does not fit the account."
exclusions:
  zh: 系统结转、期初和已冲销的凭证。
  en: Vouchers of closing and opening, and reversed ones.
false_alarms:
  zh: 记账人员的书写习惯。
  en: Habits of whoever writes the books.
weight: 1
nature: form
status: active
owner: agriculture
source: warnings ZJ19
*/
WITH judged AS (
  SELECT v.village_code, v.set_id, v.month, v.voucher_id, v.summary,
         LENGTH(REPLACE(v.summary, ' ', '')) < 3
         OR REPLACE(v.summary, ' ', '') IN ('支付款', '付款项', '支付款项', '付现金', '报销费用', '其他费用', '其他支出', '各项支出',
                                            '日常开支', '杂费支出', '费用报销', '付费用', '收款项', '村开支', '零星支出') AS vague,
         v.kind = 'payment'
         AND REGEXP_MATCHES(v.summary, '修路|道路硬化|水渠|路灯|绿化工程|桥梁|招待|接待餐|宴请|烟酒|工资|误工|报酬') AS works_or_pay
  FROM voucher v
  WHERE v.kind IN ('receipt', 'payment', 'transfer') AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
), spotted AS (
  SELECT j.village_code, j.set_id, j.month, j.voucher_id, j.summary, j.vague FROM judged j WHERE j.vague OR j.works_or_pay
), wrong_account AS (
  SELECT s.voucher_id
  FROM spotted s JOIN voucher_line l ON l.voucher_id = s.voucher_id
  WHERE l.account IN (513, 514) AND l.debit_cents > 0
    AND ((l.account = 513 AND REGEXP_MATCHES(s.summary, '修路|道路硬化|水渠|路灯|绿化工程|桥梁'))
         OR (l.account = 514 AND REGEXP_MATCHES(s.summary, '招待|接待餐|宴请|烟酒'))
         OR (l.sub = 51302 AND REGEXP_MATCHES(s.summary, '工资|误工|报酬')))
)
SELECT s.village_code, 'set:' || CAST(s.set_id AS VARCHAR) AS subject, CAST(s.month AS VARCHAR) AS key,
       CASE WHEN COUNT(*) >= $orange_count THEN 2 ELSE 1 END AS level,
       STRING_AGG('voucher:' || CAST(s.voucher_id AS VARCHAR), ' ' ORDER BY s.voucher_id) AS evidence,
       s.month, COUNT(*) AS vouchers
FROM spotted s
WHERE s.vague OR s.voucher_id IN (SELECT w.voucher_id FROM wrong_account w)
GROUP BY s.village_code, s.set_id, s.month
HAVING COUNT(*) >= $yellow_count
