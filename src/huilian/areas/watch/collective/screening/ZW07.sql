/*
id: ZW07
names: {zh: 债务没有凭据, en: Debt without papers}
group: ZW
grain: village
reads: [debt, voucher, account_set]
nature: gain
parameters:
  least_cents: {value: 100000, unit: cents, zh: 余额低于多少的不管, en: Open sums below this are left alone, origin: default}
levels:
  orange: {zh: 账面有债务，没有凭证、决议和批准；或所写的凭证号在账里查不到, en: "A debt with no voucher, decision or approval, or whose voucher is not in the books"}
basis: []
note: {zh: 起点金额由县里确定。, en: The county sets the amount.}
explain:
  zh: "欠{counterpart}{balance_cents:money}（{number}，{began_on}起）没有可以查到的凭据；登记的凭证号：{voucher_no}。"
  en: "No paper can be found for {balance_cents:money} owed to {counterpart} ({number}, since {began_on}); voucher number entered: {voucher_no}."
exclusions:
  zh: 余额不到1000元的、建账以前形成且有批准（清产核资确认）文号或凭证号的不预警；凭证号不是本系统写法（如202503-12）的，不到账里去查。
  en: Left out are sums below 1,000 yuan, and debts older than the books with an approval (stock-take) or a voucher number; a number not written as these books do (202503-12) is not looked up.
false_alarms:
  zh: 档案遗失但双方认可；凭证号写法不同。
  en: Papers lost although both sides agree; the voucher number written in another way.
weight: 4
status: active
owner: agriculture
source: ZW07
*/
WITH open_debt AS (
  SELECT d.village_code, d.debt_id, d.set_id, d.number, d.counterpart, d.began_on, d.balance_cents, d.voucher_no,
         d.decision_no, d.approval_no,
         d.began_on >= s.starts_on AND REGEXP_MATCHES(d.voucher_no, '^20[0-9]{4}-[0-9]+$') AS in_books
  FROM debt d JOIN account_set s ON s.set_id = d.set_id
  WHERE d.direction = 'borrowed' AND d.settled_on IS NULL AND d.balance_cents >= $least_cents AND d.began_on <= $as_of
),
known AS (
  SELECT set_id, number FROM voucher
  WHERE number IN (SELECT voucher_no FROM open_debt WHERE in_books)
  GROUP BY set_id, number
)
SELECT o.village_code, 'debt:' || CAST(o.debt_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'debt:' || CAST(o.debt_id AS VARCHAR) AS evidence,
       o.number, o.counterpart, o.began_on, o.balance_cents, NULLIF(o.voucher_no, '') AS voucher_no
FROM open_debt o LEFT JOIN known k ON k.set_id = o.set_id AND k.number = o.voucher_no
WHERE (o.voucher_no = '' AND o.decision_no = '' AND o.approval_no = '')
   OR (o.in_books AND k.number IS NULL)
