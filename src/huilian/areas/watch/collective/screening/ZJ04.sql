/*
id: ZJ04
names: {zh: 收入迟入账或未到账, en: Income booked late or not received}
group: ZJ
grain: village
reads: [voucher, bank_line, bank_account]
parameters:
  least_cents: {value: 10000, unit: cents, zh: 不计较的小额收入, en: Income too small to mind, origin: default}
  yellow_days: {value: 7, unit: days, zh: 几天没对上提醒, en: Days open that are noticed, origin: default}
  orange_days: {value: 30, unit: days, zh: 几天没对上督促, en: Days open that are urged, origin: default}
  red_days: {value: 90, unit: days, zh: 几天没对上督办, en: Days open that are supervised, origin: default}
levels:
  yellow: {zh: 收入超过7天账上与银行没有对上, en: Income open between books and bank for more than 7 days}
  orange: {zh: 超过30天, en: More than 30 days}
  red: {zh: 超过90天, en: More than 90 days}
basis: []
note: {zh: 天数为默认值，县里可改。, en: The days are defaults; a county may change them.}
explain:
  zh: "{occurred_on}的一笔收入{amount_cents:money}（{party}）{days}天没有对上：{side_zh}。"
  en: "Income of {amount_cents:money} of {occurred_on} ({party}) has been open for {days} days: {side_en}."
exclusions:
  zh: 结息、冲正、本组织账户之间互转；对账单还没有导入到那一天的；已冲销的凭证。
  en: Interest, corrections of the bank, transfers between own accounts; days whose statement is not in yet; reversed vouchers.
false_alarms:
  zh: 付款人名字与合同不一致，暂时没有认领；一笔到账对应几张凭证。
  en: A payer under another name, not yet claimed; one credit that stands for several vouchers.
weight: 3
nature: form
status: active
owner: agriculture
source: warnings ZJ04
*/
WITH known AS (
  SELECT b.set_id, MAX(b.line_date) AS through FROM bank_line b WHERE b.line_date <= $as_of GROUP BY b.set_id
), open_items AS (
  SELECT b.village_code, 'bank_line:' || CAST(b.bank_line_id AS VARCHAR) AS subject, b.line_date AS occurred_on,
         b.amount_cents, b.counter_name AS party, DATE_DIFF('day', b.line_date, $as_of) AS days,
         '银行已到账，账上没有记' AS side_zh, 'the bank has it, the books do not' AS side_en
  FROM bank_line b
  WHERE b.voucher_id IS NULL AND b.amount_cents >= $least_cents AND b.line_date <= $as_of
    AND DATE_DIFF('day', b.line_date, $as_of) > $yellow_days
    AND NOT REGEXP_MATCHES(b.summary, '结息|利息|冲正|退汇')
    AND NOT EXISTS (SELECT 1 FROM bank_account a WHERE a.village_code = b.village_code AND a.number = b.counter_account)
  UNION ALL
  SELECT v.village_code, 'voucher:' || CAST(v.voucher_id AS VARCHAR) AS subject, v.voucher_date AS occurred_on,
         v.total_cents AS amount_cents, v.payee AS party, DATE_DIFF('day', v.voucher_date, k.through) AS days,
         '账上已记收入，银行没有到账' AS side_zh, 'the books have it, the bank does not' AS side_en
  FROM voucher v JOIN known k ON k.set_id = v.set_id
  WHERE v.kind = 'receipt' AND v.method = 'bank' AND v.total_cents >= $least_cents
    AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND DATE_DIFF('day', v.voucher_date, k.through) > $yellow_days
    AND NOT REGEXP_MATCHES(v.summary, '结息|利息')
    AND v.voucher_id NOT IN (SELECT m.voucher_id FROM bank_line m WHERE m.voucher_id IS NOT NULL AND m.amount_cents > 0)
)
SELECT o.village_code, o.subject, '' AS key,
       CASE WHEN o.days > $red_days THEN 3 WHEN o.days > $orange_days THEN 2 ELSE 1 END AS level,
       o.subject AS evidence, o.occurred_on, o.amount_cents, o.party, o.days, o.side_zh, o.side_en
FROM open_items o
