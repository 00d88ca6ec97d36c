/*
id: ZB07
names: {zh: 投标人法定代表人相同, en: Bidders with one legal representative}
group: ZB
grain: county
reads: [registration, firm]
nature: gain
parameters: {}
levels:
  orange: {zh: 两家的法定代表人同名, en: Two bidders name the same legal representative}
  red: {zh: 登记的电话或地址也相同, en: And their entries share a telephone or an address}
basis:
  - {law: 招标投标法实施条例, version: 2019-03-02修订, article: 第三十四条}
note: {zh: 第三十四条：单位负责人为同一人的不得参加同一标段投标。股权和实际控制人不在本系统，不比较；同名不等于同一人，核对证件。, en: "Art. 34 bars bids in one lot by bodies with one head. Shares and control are not kept here; the same name need not be the same person."}
explain:
  zh: "{first_number}和{second_number}的法定代表人都是{legal_norm}。"
  en: "{first_number} and {second_number} have {legal_norm} as legal representative."
exclusions:
  zh: 组织名录里没有登记法定代表人的；撤回的报名。
  en: "Bidders without a legal representative in the directory, registrations withdrawn."
false_alarms:
  zh: 同名不同人；国有控股的两家独立企业。
  en: Two people of one name; two firms under the same public owner.
weight: 5
status: active
owner: discipline
source: ZB07
*/
WITH known AS (
  SELECT r.village_code, r.lot_id, r.registration_id, r.number, f.legal_norm, f.phone_norm, f.address_norm
  FROM registration r JOIN firm f ON f.name_norm = r.bidder_norm
  WHERE f.legal_norm <> '' AND r.state <> 'withdrawn'
)
SELECT a.village_code, 'bidding:' || CAST(a.lot_id AS VARCHAR) AS subject,
       CAST(a.registration_id AS VARCHAR) || '-' || CAST(b.registration_id AS VARCHAR) AS key,
       CASE WHEN (a.phone_norm <> '' AND a.phone_norm = b.phone_norm)
              OR (a.address_norm <> '' AND a.address_norm = b.address_norm) THEN 3 ELSE 2 END AS level,
       'registration:' || CAST(a.registration_id AS VARCHAR) || ' registration:' || CAST(b.registration_id AS VARCHAR) AS evidence,
       a.number AS first_number, b.number AS second_number, a.legal_norm
FROM known a JOIN known b ON b.lot_id = a.lot_id AND b.legal_norm = a.legal_norm AND b.registration_id > a.registration_id
