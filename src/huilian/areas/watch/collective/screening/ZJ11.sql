/*
id: ZJ11
names: {zh: 不相容岗位由一人担任, en: One person in two roles that are kept apart}
group: ZJ
grain: village
reads: [voucher, cadre]
parameters:
  red_cents: {value: 1000000, unit: cents, zh: 自己批给自己的督办金额, en: Payment to oneself that is supervised, origin: default}
levels:
  orange: {zh: 经办、制单、审核、审批、盖章有两项是同一人, en: "Two of handling, preparing, reviewing, approving and stamping by one person"}
  red: {zh: 审批人批给自己，达到1万元, en: Approved to oneself for 10000 yuan or more}
basis: []
note: {zh: 不相容岗位分离为内部控制通行要求，条文由县里核填。, en: The parting of roles is a rule of internal control; the article is for the county to fill in.}
explain:
  zh: 凭证{number}（{total_cents:money}）的{roles_zh}是同一个人。
  en: "Voucher {number} ({total_cents:money}): {roles_en} are one person."
exclusions:
  zh: 系统结转的凭证；已冲销的凭证。
  en: Vouchers the system carries forward; reversed vouchers.
false_alarms:
  zh: 只有一名办公人员的村：请指定代办人。
  en: "A village office of one person: appoint a delegate."
weight: 3
nature: form
status: active
owner: agriculture
source: warnings ZJ11
*/
WITH own_keys AS (
  SELECT c.village_code, c.person_id, c.person_key FROM cadre c WHERE c.person_key <> ''
  GROUP BY c.village_code, c.person_id, c.person_key
), judged AS (
  SELECT v.village_code, v.voucher_id, v.number, v.total_cents,
         CASE WHEN o.person_id IS NOT NULL THEN 1
              WHEN v.handler_id = v.approver_id THEN 2
              WHEN v.handler_id = v.stamper_id THEN 3
              WHEN v.approver_id = v.stamper_id THEN 4
              WHEN v.preparer_id = v.approver_id THEN 5
              WHEN v.reviewer_id = v.approver_id THEN 6
              WHEN v.preparer_id = v.reviewer_id THEN 7
              ELSE 0 END AS which
  FROM voucher v LEFT JOIN own_keys o ON o.village_code = v.village_code AND o.person_id = v.approver_id
       AND o.person_key = v.payee_key
  WHERE v.kind IN ('receipt', 'payment', 'transfer') AND v.source <> 'close' AND v.voucher_date <= $as_of
    AND NOT v.is_reversed AND v.reverses_id IS NULL
)
SELECT j.village_code, 'voucher:' || CAST(j.voucher_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN j.which = 1 AND j.total_cents >= $red_cents THEN 3 ELSE 2 END AS level,
       'voucher:' || CAST(j.voucher_id AS VARCHAR) AS evidence, j.number, j.total_cents,
       CASE j.which WHEN 1 THEN '审批人和收款人' WHEN 2 THEN '经办人和审批人' WHEN 3 THEN '经办人和盖章人'
                    WHEN 4 THEN '审批人和盖章人' WHEN 5 THEN '制单人和审批人' WHEN 6 THEN '审核人和审批人'
                    ELSE '制单人和审核人' END AS roles_zh,
       CASE j.which WHEN 1 THEN 'approver and payee' WHEN 2 THEN 'handler and approver' WHEN 3 THEN 'handler and stamper'
                    WHEN 4 THEN 'approver and stamper' WHEN 5 THEN 'preparer and approver'
                    WHEN 6 THEN 'reviewer and approver' ELSE 'preparer and reviewer' END AS roles_en
FROM judged j
WHERE j.which > 0
