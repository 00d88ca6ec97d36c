/*
id: HT03
names: {zh: 租期超长, en: Term too long}
group: HT
grain: village
reads: [contract, asset]
nature: gain
parameters:
  review_years: {value: 10, unit: years, zh: 超过多少年没有约定调价提示, en: Years without looking at the price again before a reminder, origin: default}
  lawful_years: {value: 20, unit: years, zh: 租赁期限的法定上限, en: Longest lawful lease, origin: law}
levels:
  yellow: {zh: 租期超过10年，没有约定调价, en: Longer than 10 years and the price is never looked at again}
  orange: {zh: 租期超过20年，但属于可以更长的发包, en: "Longer than 20 years, contracting of a kind that may last longer"}
  red: {zh: 租赁超过20年，或土地租期超过剩余承包期, en: "A lease of more than 20 years, or land let beyond its remaining term"}
basis:
  - {law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第七百零五条}
  - {law: 民法典, version: 2020-05-28通过，2021-01-01施行, article: 第三百三十二条}
note: {zh: 调价年限由县里确定；林地、草地、四荒地的承包期可以长于20年。, en: "The county sets the years for the price; wood, grass and waste land may be contracted for longer than 20 years."}
explain:
  zh: "合同{number}（{title}，{party}）从{starts_on}到{ends_on}，约{years}年；土地承包期到{land_term_ends}；约定调价：{has_repricing}。"
  en: "Contract {number} ({title}, {party}) runs from {starts_on} to {ends_on}, about {years} years; land term ends: {land_term_ends}; price looked at again: {has_repricing}."
exclusions:
  zh: 林地、草地、四荒地依法可以长期承包，只要没有超过剩余承包期且约定了调价，不预警；已终止的合同不预警。
  en: Wood, grass and waste land may lawfully be contracted for long; within the remaining term and with the price looked at again they are left out, as are ended contracts.
false_alarms:
  zh: 地类没有登记的林地、四荒合同；合同写的是分段续期。
  en: Wood or waste land whose kind is not entered; a contract written in successive periods.
weight: 4
status: active
owner: agriculture
source: HT03, C05
*/
WITH term AS (
  SELECT c.village_code, c.contract_id, c.number, c.title, c.party, c.kind, c.starts_on, c.ends_on, c.land_term_ends,
         c.has_repricing, a.is_resource, a.class, COALESCE(a.land_kind, '') AS land_kind,
         EXTRACT(YEAR FROM c.ends_on) * 12 + EXTRACT(MONTH FROM c.ends_on)
           - EXTRACT(YEAR FROM c.starts_on) * 12 - EXTRACT(MONTH FROM c.starts_on)
           + CASE WHEN EXTRACT(DAY FROM c.ends_on) > EXTRACT(DAY FROM c.starts_on) THEN 1 ELSE 0 END AS months
  FROM contract c LEFT JOIN asset a ON a.asset_id = c.asset_id
  WHERE c.direction = 'income' AND c.kind IN ('lease', 'contracting') AND c.status = 'active' AND c.ended_on IS NULL
    AND c.ends_on >= $as_of
),
judged AS (
  SELECT village_code, contract_id, number, title, party, starts_on, ends_on, land_term_ends, has_repricing, months,
         CASE WHEN ends_on > land_term_ends THEN 3
              WHEN months > $lawful_years * 12 AND kind = 'lease'
                   AND NOT CONTAINS(land_kind, '林') AND NOT CONTAINS(land_kind, '草') AND NOT CONTAINS(land_kind, '荒') THEN 3
              WHEN months > $lawful_years * 12
                   AND NOT CONTAINS(land_kind, '林') AND NOT CONTAINS(land_kind, '草') AND NOT CONTAINS(land_kind, '荒') THEN 2
              WHEN months > $review_years * 12 AND NOT has_repricing THEN 1 END AS level
  FROM term
)
SELECT j.village_code, 'contract:' || CAST(j.contract_id AS VARCHAR) AS subject, '' AS key, j.level,
       'contract:' || CAST(j.contract_id AS VARCHAR) AS evidence,
       j.number, j.title, j.party, j.starts_on, j.ends_on, ROUND(CAST(j.months AS DOUBLE) / 12, 1) AS years, j.land_term_ends, j.has_repricing
FROM judged j
WHERE j.level IS NOT NULL
