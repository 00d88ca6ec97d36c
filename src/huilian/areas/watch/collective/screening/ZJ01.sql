/*
id: ZJ01
names: {zh: 大额现金支付, en: Cash payment over the limit}
group: ZJ
grain: village
reads: [voucher, voucher_line]
parameters:
  yellow_cents: {value: 100000, unit: cents, zh: 单笔现金支付提醒线, en: One cash payment that is noticed, origin: law}
  orange_cents: {value: 500000, unit: cents, zh: 单笔现金支付督促线, en: One cash payment that is urged, origin: default}
  red_cents: {value: 2000000, unit: cents, zh: 单笔现金支付督办线, en: One cash payment that is supervised, origin: default}
  list_cents: {value: 500000, unit: cents, zh: 多人签领表现金发放提醒线, en: Cash paid out on a list signed by several, origin: default}
levels:
  yellow: {zh: 单笔现金付款超过1000元, en: One cash payment over 1000 yuan}
  orange: {zh: 单笔超过5000元, en: Over 5000 yuan}
  red: {zh: 单笔超过2万元, en: Over 20000 yuan}
basis:
  - {law: 现金管理暂行条例, version: 1988年国务院令第12号（2011年修订）, article: 第五条}
explain:
  zh: 凭证{number}用现金付给{payee}{total_cents:money}，超过现金支付限额{yellow_cents:money}。
  en: Voucher {number} paid {total_cents:money} to {payee} in cash; the limit for cash is {yellow_cents:money}.
exclusions:
  zh: 已冲销的凭证；把现金存入银行；签领表发给多人、合计不超过签领表限额的。
  en: Reversed vouchers; cash taken to the bank; lists signed by several people up to their own limit.
false_alarms:
  zh: 收款人没有银行卡；夜间或灾时发放的救助。
  en: A payee without a bank card; relief paid at night or in a disaster.
weight: 2
nature: form
status: active
owner: agriculture
source: warnings ZJ01, F02
*/
SELECT v.village_code, 'voucher:' || CAST(v.voucher_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN v.total_cents > $red_cents THEN 3 WHEN v.total_cents > $orange_cents THEN 2 ELSE 1 END AS level,
       'voucher:' || CAST(v.voucher_id AS VARCHAR) AS evidence,
       v.number, v.payee, v.total_cents
FROM voucher v
WHERE v.kind = 'payment' AND v.method = 'cash' AND v.voucher_date <= $as_of
  AND NOT v.is_reversed AND v.reverses_id IS NULL
  AND v.total_cents > $yellow_cents
  AND NOT (v.invoice_kind = 'list' AND v.total_cents <= $list_cents)
  AND v.voucher_id NOT IN (SELECT l.voucher_id FROM voucher_line l WHERE l.account = 102 AND l.debit_cents > 0)
