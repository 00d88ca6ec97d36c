/*
id: HT10
names: {zh: 合同条款显失公平, en: Unfair clause in a contract}
group: HT
grain: village
reads: [contract]
nature: gain
parameters:
  long_years: {value: 5, unit: years, zh: 租期超过多少年才看“租金不变”条款, en: Years from which a fixed rent counts as unfair, origin: default}
levels:
  orange: {zh: 条款约定由村集体回购地上物、兜底亏损、全部担责，或长期租金不变, en: "The collective must buy back what stands on the land, bear losses or all liability, or the rent may never change over a long term"}
basis: [{law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第一百五十一条}]
note: {zh: 命中的是字句，是否显失公平要由人判断；词表可以由县里改写成自己的模型。, en: "Words are matched; whether a clause is unfair is for people to judge. A county may write its own list as a rule of its own."}
explain:
  zh: "合同{number}（{title}，{party}，{starts_on}至{ends_on}）的条款里有“{clause}”，对村集体不利，请对照原文复核。"
  en: "Contract {number} ({title}, {party}, {starts_on} to {ends_on}) says “{clause}”, to the disadvantage of the collective: please read the clause."
exclusions:
  zh: 写明经律师或法律顾问审查的、约定了调价的（只就“租金不变”一项）、没有录入正文的合同不预警。
  en: Left out are contracts read by a lawyer, those that look at the price again (for the fixed rent only), and contracts whose text is not entered.
false_alarms:
  zh: 条款写的是“不回购”“村集体不承担”等反向意思。
  en: The clause says the opposite, such as “the collective does not buy back”.
weight: 3
status: active
owner: agriculture
source: HT10
*/
WITH plain AS (
  SELECT village_code, contract_id, number, title, party, starts_on, ends_on, has_repricing,
         REPLACE(REPLACE(text, ' ', ''), '　', '') AS words
  FROM contract
  WHERE direction = 'income' AND kind IN ('lease', 'contracting') AND status = 'active' AND text <> ''
    AND NOT CONTAINS(text, '律师') AND NOT CONTAINS(text, '法律顾问')
),
judged AS (
  SELECT village_code, contract_id, number, title, party, starts_on, ends_on,
         CASE WHEN CONTAINS(words, '回购') AND NOT CONTAINS(words, '不回购') AND NOT CONTAINS(words, '不予回购')
                   AND NOT CONTAINS(words, '无回购') THEN '回购'
              WHEN CONTAINS(words, '亏损由村') OR CONTAINS(words, '损失由村') OR CONTAINS(words, '亏损由甲方') THEN '亏损由村集体承担'
              WHEN CONTAINS(words, '一切责任由村') OR CONTAINS(words, '一切责任由甲方')
                   OR CONTAINS(words, '全部责任由甲方') THEN '一切责任由村集体承担'
              WHEN CONTAINS(words, '地上附着物归乙方') OR CONTAINS(words, '到期无偿归乙方') THEN '归乙方所有'
              WHEN NOT has_repricing AND DATE_DIFF('day', starts_on, ends_on) > $long_years * 365.25
                   AND (CONTAINS(words, '租金不变') OR CONTAINS(words, '不得调整') OR CONTAINS(words, '不再调整')
                        OR CONTAINS(words, '承包费不变')) THEN '租金不变'
              END AS clause
  FROM plain
)
SELECT j.village_code, 'contract:' || CAST(j.contract_id AS VARCHAR) AS subject, '' AS key, 2 AS level,
       'contract:' || CAST(j.contract_id AS VARCHAR) AS evidence,
       j.number, j.title, j.party, j.starts_on, j.ends_on, j.clause
FROM judged j
WHERE j.clause IS NOT NULL
