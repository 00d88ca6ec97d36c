/*
id: ZJ15
names: {zh: 多头开户或账外账户, en: Accounts outside the register}
group: ZJ
grain: village
reads: [bank_account, bank_line]
levels:
  red: {zh: 以本组织名义的账户没有备案，或者有两个基本户, en: "An account in the organisation's name that is not on the register, or a second basic account"}
basis: []
note: {zh: 一个组织一个基本户为各地通行要求，条文由县里核填。, en: One basic account for an organisation is a general rule; the article is for the county to fill in.}
explain:
  zh: "{holder}名下{what_zh}。"
  en: "{holder}: {what_en}."
exclusions:
  zh: 已销户的；转定期、通知存款、大额存单；已备案的专用户。
  en: Closed accounts; term and notice deposits; special accounts on the register.
false_alarms:
  zh: 销户后登记晚了；新开的专用户正在备案。
  en: A closing entered late; a new special account whose registration is under way.
weight: 5
nature: gain
status: active
owner: discipline
source: warnings ZJ15, F16
*/
WITH running AS (
  SELECT a.village_code, a.set_id, a.bank_account_id, a.kind, a.registered, a.holder
  FROM bank_account a
  WHERE (a.closed_on IS NULL OR a.closed_on > $as_of) AND (a.opened_on IS NULL OR a.opened_on <= $as_of)
), basics AS (
  SELECT r.set_id, MIN(r.bank_account_id) AS first_id FROM running r
  WHERE r.kind = 'basic' AND r.registered GROUP BY r.set_id HAVING COUNT(*) > 1
), holders AS (
  SELECT a.village_code, a.set_id, MIN(a.holder) AS holder,
         UPPER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(a.holder, ' ', ''), '(', ''), ')', ''), '（', ''), '）', '')) AS holder_norm
  FROM bank_account a WHERE a.registered
  GROUP BY a.village_code, a.set_id,
           UPPER(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(a.holder, ' ', ''), '(', ''), ')', ''), '（', ''), '）', ''))
), strange AS (
  SELECT h.village_code, b.counter_account, MIN(h.holder) AS holder, MIN(b.bank_line_id) AS first_id,
         MAX(b.bank_line_id) AS last_id
  FROM bank_line b JOIN holders h ON h.set_id = b.set_id AND h.holder_norm = b.counter_norm
  WHERE b.line_date <= $as_of AND b.counter_account <> '' AND NOT REGEXP_MATCHES(b.summary, '定期|通知存款|大额存单')
    AND NOT EXISTS (SELECT 1 FROM bank_account a WHERE a.village_code = b.village_code AND a.number = b.counter_account)
  GROUP BY h.village_code, b.counter_account
), found AS (
  SELECT r.village_code, 'bank_account:' || CAST(r.bank_account_id AS VARCHAR) AS subject,
         'bank_account:' || CAST(r.bank_account_id AS VARCHAR) AS evidence, r.holder, '有一个账户没有备案' AS what_zh,
         'an account is not on the register' AS what_en
  FROM running r WHERE NOT r.registered
  UNION ALL
  SELECT r.village_code, 'bank_account:' || CAST(r.bank_account_id AS VARCHAR) AS subject,
         'bank_account:' || CAST(r.bank_account_id AS VARCHAR) || ' bank_account:' || CAST(b.first_id AS VARCHAR) AS evidence,
         r.holder, '有两个基本户' AS what_zh, 'there is a second basic account' AS what_en
  FROM running r JOIN basics b ON b.set_id = r.set_id
  WHERE r.kind = 'basic' AND r.registered AND r.bank_account_id <> b.first_id
  UNION ALL
  SELECT s.village_code, 'bank_line:' || CAST(s.first_id AS VARCHAR) AS subject,
         'bank_line:' || CAST(s.first_id AS VARCHAR) || ' bank_line:' || CAST(s.last_id AS VARCHAR) AS evidence,
         s.holder, '与一个同名而没有备案的账户有资金往来' AS what_zh,
         'money moved to or from an account of the same name that is not on the register' AS what_en
  FROM strange s
)
SELECT f.village_code, f.subject, '' AS key, 3 AS level, f.evidence, f.holder, f.what_zh, f.what_en
FROM found f
