/*
id: ZJ17
names: {zh: 违规出借或理财, en: Lending or investing the collective's money}
group: ZJ
grain: village
reads: [voucher, voucher_line, debt, cadre, kin]
levels:
  red: {zh: 集体资金借给个人或企业，或者没有决议就投资理财, en: "Money lent to a person or firm, or invested without a decision"}
basis: []
note: {zh: 农村集体经济组织法列有禁止行为，条文号请县里核填。, en: The Law on Rural Collective Economic Organisations lists what is forbidden; the article is for the county to fill in.}
explain:
  zh: "{since}{what_zh}{amount_cents:money}（{party}），{more_zh}。"
  en: "{since}: {what_en} {amount_cents:money} ({party}); {more_en}."
exclusions:
  zh: 定期存款、大额存单、通知存款；有决议的投资；已结清的借款；已冲销的凭证。
  en: Term and notice deposits; investments that were decided on; loans that are settled; reversed vouchers.
false_alarms:
  zh: 入股联营企业，决议没有录入。
  en: A share in a joint venture whose decision was not entered.
weight: 5
nature: gain
status: active
owner: discipline
source: warnings ZJ17, F09
*/
WITH invested AS (
  SELECT l.voucher_id, CAST(SUM(l.debit_cents) AS BIGINT) AS amount_cents
  FROM voucher_line l
  WHERE l.account IN (111, 141) AND l.debit_cents > 0 AND l.voucher_date <= $as_of GROUP BY l.voucher_id
), close_to AS (
  SELECT c.village_code, c.person_key AS close_key FROM cadre c WHERE c.person_key <> ''
  UNION ALL
  SELECT k.village_code, k.relative_key AS close_key FROM kin k WHERE k.relative_key <> ''
), near_debts AS (
  SELECT d.debt_id FROM debt d JOIN close_to c ON c.village_code = d.village_code AND c.close_key = d.counterpart_key
  WHERE d.direction = 'lent' GROUP BY d.debt_id
), lent_or_invested AS (
  SELECT v.village_code, v.voucher_id, v.voucher_date, v.payee, v.total_cents, i.amount_cents
  FROM voucher v LEFT JOIN invested i ON i.voucher_id = v.voucher_id
  WHERE v.kind IN ('payment', 'transfer') AND NOT v.is_reversed AND v.reverses_id IS NULL
    AND ((i.voucher_id IS NOT NULL AND v.decision_no = '' AND NOT REGEXP_MATCHES(v.summary, '定期|大额存单|通知存款'))
         OR (i.voucher_id IS NULL AND v.kind = 'payment' AND v.voucher_date <= $as_of
             AND REGEXP_MATCHES(v.summary, '借给|出借|拆借|理财|股票|期货|基金产品')
             AND NOT REGEXP_MATCHES(v.summary, '归还|退还|备用金')))
), found AS (
  SELECT p.village_code, 'voucher:' || CAST(p.voucher_id AS VARCHAR) AS subject, p.voucher_date AS since, p.payee AS party,
         COALESCE(p.amount_cents, p.total_cents) AS amount_cents,
         CASE WHEN p.amount_cents IS NOT NULL THEN '投资理财' ELSE '付款摘要写明出借或理财' END AS what_zh,
         CASE WHEN p.amount_cents IS NOT NULL THEN 'invested' ELSE 'paid out for lending or an investment product' END AS what_en,
         CASE WHEN p.amount_cents IS NOT NULL THEN '没有决议编号' ELSE '集体资金不得出借' END AS more_zh,
         CASE WHEN p.amount_cents IS NOT NULL THEN 'no decision is given' ELSE 'collective money may not be lent' END AS more_en
  FROM lent_or_invested p
  UNION ALL
  SELECT d.village_code, 'debt:' || CAST(d.debt_id AS VARCHAR) AS subject, d.began_on AS since, d.counterpart AS party,
         d.balance_cents AS amount_cents, '出借' AS what_zh, 'lent' AS what_en,
         CASE WHEN n.debt_id IS NOT NULL OR d.counterpart_kind = 'cadre' THEN '对方是任职人员或与其有申报关系'
              ELSE '集体资金不得出借' END AS more_zh,
         CASE WHEN n.debt_id IS NOT NULL OR d.counterpart_kind = 'cadre' THEN 'to an official or somebody close to one'
              ELSE 'collective money may not be lent' END AS more_en
  FROM debt d LEFT JOIN near_debts n ON n.debt_id = d.debt_id
  WHERE d.direction = 'lent' AND d.counterpart_kind IN ('person', 'cadre', 'member', 'firm') AND d.balance_cents > 0
    AND d.began_on <= $as_of AND (d.settled_on IS NULL OR d.settled_on > $as_of)
)
SELECT f.village_code, f.subject, '' AS key, 3 AS level, f.subject AS evidence, f.since, f.party, f.amount_cents, f.what_zh,
       f.what_en, f.more_zh, f.more_en
FROM found f
