/*
id: ZJ25
names: {zh: 没有村务监督委员会审核章, en: Without the supervision committee's stamp}
group: ZJ
grain: village
reads: [voucher, voucher_line]
levels:
  orange: {zh: 付款凭证没有盖审核章，或者记账以后才盖, en: "A payment without the committee's stamp, or stamped only after it was posted"}
basis: []
note: {zh: 村务监督委员会先审核盖章、后记账为通行要求，条文由县里核填。, en: That the committee reviews before a voucher is posted is a general rule; the article is for the county to fill in.}
explain:
  zh: 凭证{number}付出{total_cents:money}，{stamped_zh}。
  en: Voucher {number} paid {total_cents:money}; {stamped_en}.
exclusions:
  zh: 银行手续费；本组织账户之间转存；收款和转账凭证；已冲销的凭证。
  en: Bank charges; transfers between own accounts; receipts and transfers; reversed vouchers.
false_alarms:
  zh: 委员会成员空缺；纸面已盖章而没有录入。
  en: A vacancy in the committee; a stamp on paper that was not entered.
weight: 2
nature: form
status: active
owner: discipline
source: F13
*/
SELECT v.village_code, 'voucher:' || CAST(v.voucher_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'voucher:' || CAST(v.voucher_id AS VARCHAR) AS evidence, v.number, v.total_cents,
       CASE WHEN v.stamped_at IS NULL THEN '没有村务监督委员会审核章' ELSE '记账以后才盖审核章' END AS stamped_zh,
       CASE WHEN v.stamped_at IS NULL THEN 'the supervision committee did not stamp it'
            ELSE 'the supervision committee stamped it only after it was posted' END AS stamped_en
FROM voucher v
WHERE v.kind = 'payment' AND v.voucher_date <= $as_of AND NOT v.is_reversed AND v.reverses_id IS NULL
  AND (v.stamper_id IS NULL OR v.stamped_at IS NULL OR v.stamped_at > v.posted_at)
  AND NOT REGEXP_MATCHES(v.summary, '手续费|工本费|短信费')
  AND v.voucher_id NOT IN (SELECT l.voucher_id FROM voucher_line l WHERE l.account IN (101, 102) AND l.debit_cents > 0)
