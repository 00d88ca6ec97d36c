/*
id: ZW05
names: {zh: 欠村干部或其近亲属的款, en: Owed to an official of the village or near kin}
group: ZW
grain: village
reads: [debt, cadre, kin]
nature: gain
parameters:
  small_cents: {value: 200000, unit: cents, zh: 不超过多少的短期垫付不管, en: Short advances up to this are left alone, origin: default}
  short_days: {value: 30, unit: days, zh: 垫付多少天以内不管, en: Advances of up to so many days are left alone, origin: default}
levels:
  yellow: {zh: 集体欠在任村干部本人或其近亲属的钱, en: The collective owes money to an official in office or near kin of one}
  orange: {zh: 而且付利息, en: And pays interest on it}
basis: []
note: {zh: 向干部借款不当然违规，看用途、手续和利息。, en: "Borrowing from an official is not forbidden as such; purpose, papers and interest count."}
explain:
  zh: "集体从{began_on}起欠{counterpart}{balance_cents:money}（{number}），年利率{rate_bp:bp}，用途：{purpose}；对方是村干部本人或其近亲属。"
  en: "Since {began_on} the collective owes {counterpart} {balance_cents:money} ({number}) at {rate_bp:bp} a year, purpose: {purpose}; the other side is an official of the village or near kin of one."
exclusions:
  zh: 只按身份证号密文或登记的债权人类别认定，不按姓名；2000元以内、30天以内的无息垫付不预警；借款时已离任的不算。
  en: Told by the keyed digest of the identity number or the kind of creditor entered, never by name; advances free of interest up to 2,000 yuan and 30 days, and officials who had left, are left out.
false_alarms:
  zh: 抢险救灾的紧急垫付；工资、误工补贴未发登记成了借款。
  en: Money advanced in a disaster; unpaid allowances entered as a debt.
weight: 3
status: active
owner: discipline
source: ZW05
*/
WITH office AS (
  SELECT village_code, person_id, person_key, starts_on, COALESCE(ends_on, $as_of) AS left_on FROM cadre
),
tied AS (
  SELECT village_code, person_key AS tied_key, starts_on, left_on FROM office WHERE person_key <> ''
  UNION ALL
  SELECT o.village_code, k.relative_key AS tied_key, o.starts_on, o.left_on
  FROM kin k JOIN office o ON o.person_id = k.person_id WHERE k.relative_key <> ''
),
near AS (
  SELECT DISTINCT d.debt_id
  FROM debt d JOIN tied t ON t.village_code = d.village_code AND t.tied_key = d.counterpart_key
  WHERE d.direction = 'borrowed' AND t.starts_on <= d.began_on AND t.left_on >= d.began_on
)
SELECT d.village_code, 'debt:' || CAST(d.debt_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN d.rate_bp > 0 THEN 2 ELSE 1 END AS level,
       'debt:' || CAST(d.debt_id AS VARCHAR) AS evidence,
       d.number, d.counterpart, d.began_on, d.balance_cents, d.rate_bp, NULLIF(d.purpose, '') AS purpose
FROM debt d
WHERE d.direction = 'borrowed' AND d.settled_on IS NULL AND d.balance_cents > 0 AND d.began_on <= $as_of
  AND (d.counterpart_kind = 'cadre' OR d.debt_id IN (SELECT debt_id FROM near))
  AND NOT (d.rate_bp = 0 AND d.balance_cents <= $small_cents AND DATE_DIFF('day', d.began_on, $as_of) <= $short_days)
