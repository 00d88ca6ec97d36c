/*
id: ZJ07
names: {zh: 拆分报销, en: Payments split to stay under a tier}
group: ZJ
grain: village
reads: [voucher]
parameters:
  small_cents: {value: 200000, unit: cents, zh: 第一档审批限额, en: First tier of approval, origin: default}
  large_cents: {value: 1000000, unit: cents, zh: 第二档审批限额, en: Second tier of approval, origin: default}
  near_percent: {value: 80, unit: percent, zh: 达到限额的百分之多少算贴近, en: From which share of a tier a payment is close to it, origin: default}
  window_days: {value: 30, unit: days, zh: 前后两笔最多相隔, en: Most days between one payment and the next, origin: default}
  regular_days: {value: 25, unit: days, zh: 同额付款相隔多少天视为按月支付, en: Equal payments at least so far apart are monthly, origin: default}
  orange_count: {value: 3, unit: payments, zh: 几笔督促, en: Payments that are urged, origin: default}
  red_count: {value: 5, unit: payments, zh: 几笔督办, en: Payments that are supervised, origin: default}
levels:
  yellow: {zh: 两笔都贴近审批限额，合计超过限额, en: "Two payments close to a tier, together above it"}
  orange: {zh: 三笔, en: Three payments}
  red: {zh: 五笔, en: Five payments}
basis: []
note: {zh: 审批限额由县里规定。, en: Tiers of approval are the county's own.}
explain:
  zh: 从{first_on}到{last_on}向{payee}付款{payments}笔，每笔都贴近审批限额{tier_cents:money}而没有超过，合计{sum_cents:money}。
  en: "From {first_on} to {last_on} {payee} was paid {payments} times, each time just within the tier of {tier_cents:money}, {sum_cents:money} together."
exclusions:
  zh: 有合同编号或决议编号的；付给公共单位的；签领表；按月同额支付；已冲销的凭证。
  en: Payments under a contract or decision; to public bodies; signed lists; equal monthly payments; reversed vouchers.
false_alarms:
  zh: 真实的分期付款没有填合同编号；按周结算的保洁。
  en: Real instalments without the contract's number; cleaning paid by the week.
weight: 4
nature: gain
status: active
owner: agriculture
source: warnings ZJ07, F06
*/
WITH close_to AS (
  SELECT v.village_code, v.set_id, v.voucher_id, v.voucher_date, v.payee, v.payee_norm, v.total_cents,
         CASE WHEN v.total_cents <= $small_cents THEN $small_cents ELSE $large_cents END AS tier_cents
  FROM voucher v
  WHERE v.kind = 'payment' AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND v.payee_norm <> '' AND v.payee_kind <> 'public' AND v.invoice_kind <> 'list'
    AND v.decision_no = '' AND v.contract_no = ''
    AND (v.total_cents BETWEEN $small_cents * $near_percent // 100 AND $small_cents
         OR v.total_cents BETWEEN $large_cents * $near_percent // 100 AND $large_cents)
), several AS (
  SELECT c.set_id, c.payee_norm, c.tier_cents FROM close_to c
  GROUP BY c.set_id, c.payee_norm, c.tier_cents HAVING COUNT(*) > 1
), ordered AS (
  SELECT c.village_code, c.set_id, c.voucher_id, c.voucher_date, c.payee, c.payee_norm, c.total_cents, c.tier_cents,
         LAG(c.voucher_date) OVER (PARTITION BY c.set_id, c.payee_norm, c.tier_cents ORDER BY c.voucher_date, c.voucher_id) AS before_on,
         LAG(c.total_cents) OVER (PARTITION BY c.set_id, c.payee_norm, c.tier_cents ORDER BY c.voucher_date, c.voucher_id) AS before_cents
  FROM close_to c JOIN several s ON s.set_id = c.set_id AND s.payee_norm = c.payee_norm AND s.tier_cents = c.tier_cents
), linked AS (
  SELECT o.village_code, o.set_id, o.voucher_id, o.voucher_date, o.payee, o.payee_norm, o.total_cents, o.tier_cents,
         CASE WHEN o.before_on IS NULL OR DATE_DIFF('day', o.before_on, o.voucher_date) > $window_days
                OR (DATE_DIFF('day', o.before_on, o.voucher_date) >= $regular_days AND o.before_cents = o.total_cents)
              THEN 1 ELSE 0 END AS fresh
  FROM ordered o
), chains AS (
  SELECT l.village_code, l.set_id, l.voucher_id, l.voucher_date, l.payee, l.payee_norm, l.total_cents, l.tier_cents,
         CAST(SUM(l.fresh) OVER (
           PARTITION BY l.set_id, l.payee_norm, l.tier_cents ORDER BY l.voucher_date, l.voucher_id
           ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS chain
  FROM linked l
)
SELECT c.village_code, 'voucher:' || CAST(MIN(c.voucher_id) AS VARCHAR) AS subject, '' AS key,
       CASE WHEN COUNT(*) >= $red_count THEN 3 WHEN COUNT(*) >= $orange_count THEN 2 ELSE 1 END AS level,
       STRING_AGG('voucher:' || CAST(c.voucher_id AS VARCHAR), ' ' ORDER BY c.voucher_id) AS evidence,
       MIN(c.voucher_date) AS first_on, MAX(c.voucher_date) AS last_on, MIN(c.payee) AS payee,
       c.tier_cents, COUNT(*) AS payments, CAST(SUM(c.total_cents) AS BIGINT) AS sum_cents
FROM chains c
GROUP BY c.village_code, c.set_id, c.payee_norm, c.tier_cents, c.chain
HAVING COUNT(*) > 1 AND SUM(c.total_cents) > c.tier_cents
