/*
id: ZJ13
names: {zh: 大额支出无决议, en: Large spending without a decision}
group: ZJ
grain: village
reads: [voucher, voucher_line, account_set, contract]
parameters:
  limit_cents: {value: 1000000, unit: cents, zh: 账套没有另定时须经民主决策的金额, en: Amount that needs a decision where the account set has no limit of its own, origin: default}
  red_cents: {value: 5000000, unit: cents, zh: 督办金额, en: Amount that is supervised, origin: default}
levels:
  orange: {zh: 达到决策限额，没有决议编号或决议在付款之后, en: "At or over the limit, without a decision or decided after the payment"}
  red: {zh: 达到5万元, en: 50000 yuan or more}
basis:
  - {law: 中华人民共和国村民委员会组织法, version: 2018年修正, article: 第二十四条}
note: {zh: 金额由县里规定。, en: The amount is the county's own.}
explain:
  zh: 凭证{number}付给{payee}{total_cents:money}，达到须经民主决策的{allowed_cents:money}，{decided_zh}。
  en: Voucher {number} paid {total_cents:money} to {payee}; from {allowed_cents:money} on a decision is needed, {decided_en}.
exclusions:
  zh: 转存；工资、税费、成员分红和往来款；合同本身经过决议的；已冲销的凭证。
  en: Transfers between own accounts; wages, taxes, distributions and settlements; payments under a contract that was decided on; reversed vouchers.
false_alarms:
  zh: 以前年度的决议没有录入。
  en: A decision of an earlier year that was not entered.
weight: 4
nature: form
status: active
owner: agriculture
source: warnings ZJ13, F05
*/
WITH large AS (
  SELECT v.village_code, v.set_id, v.voucher_id, v.number, v.payee, v.total_cents, v.decision_no, v.contract_no,
         COALESCE(NULLIF(s.decision_limit_cents, 0), $limit_cents) AS allowed_cents
  FROM voucher v JOIN account_set s ON s.set_id = v.set_id
  WHERE v.kind = 'payment' AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND v.total_cents >= COALESCE(NULLIF(s.decision_limit_cents, 0), $limit_cents)
    AND (v.decision_no = '' OR v.decided_on > COALESCE(v.paid_on, v.voucher_date))
), spent AS (
  SELECT l.voucher_id FROM voucher_line l
  WHERE l.voucher_id IN (SELECT g.voucher_id FROM large g) AND l.debit_cents > 0
    AND (l.account IN (111, 121, 131, 132, 134, 141, 151, 153, 161, 171, 401, 511, 514, 515, 231, 241)
         OR (l.account = 513 AND l.sub <> 51301))
  GROUP BY l.voucher_id
), decided AS (
  SELECT c.set_id, c.number FROM contract c
  WHERE c.decision_no <> '' AND c.set_id IN (SELECT g.set_id FROM large g) GROUP BY c.set_id, c.number
)
SELECT g.village_code, 'voucher:' || CAST(g.voucher_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN g.total_cents >= $red_cents THEN 3 ELSE 2 END AS level,
       'voucher:' || CAST(g.voucher_id AS VARCHAR) AS evidence, g.number, g.payee, g.total_cents, g.allowed_cents,
       CASE WHEN g.decision_no = '' THEN '没有决议编号' ELSE '决议在付款之后' END AS decided_zh,
       CASE WHEN g.decision_no = '' THEN 'and none is given' ELSE 'and it was taken after the payment' END AS decided_en
FROM large g JOIN spent p ON p.voucher_id = g.voucher_id
     LEFT JOIN decided d ON d.set_id = g.set_id AND d.number = g.contract_no
WHERE g.decision_no <> '' OR d.number IS NULL
