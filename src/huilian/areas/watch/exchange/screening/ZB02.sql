/*
id: ZB02
names: {zh: 投标文件同一作者, en: Papers of one author}
group: ZB
grain: village
reads: [registration]
nature: gain
parameters:
  generic:
    value: [ADMINISTRATOR, ADMIN, USER, WINDOWS用户, WINDOWSUSER, MICROSOFT, 微软用户, 雨林木风, 联想用户, LENOVO]
    unit: times
    zh: 软件自带的作者名，不比较
    en: "Names that software writes by itself, not compared"
    origin: default
levels:
  orange: {zh: 不同投标人递交的文件是同一作者, en: Papers of different bidders carry one author}
basis:
  - {law: 招标投标法实施条例, version: 2019-03-02修订, article: 第四十条}
note: {zh: 作者是受理人员从递交文件的属性里抄录的；造价软件加密锁号不在本系统。, en: "The author is what the clerk reads in the properties of the papers; numbers of pricing dongles are not kept here."}
explain:
  zh: "{numbers}共{bidders}个投标人递交的文件，作者都是{author}。"
  en: "The papers of {bidders} bidders ({numbers}) carry the same author, {author}."
exclusions:
  zh: 没有抄录作者的；软件自带的作者名；撤回的报名。
  en: "Papers whose author was not noted, names that software writes by itself, registrations withdrawn."
false_alarms:
  zh: 同一家打印店、会计代理代为制作。
  en: One print shop or bookkeeping agency wrote for both.
weight: 3
status: active
owner: discipline
source: ZB02
*/
WITH twice AS (
  SELECT lot_id, author AS mark FROM registration WHERE author <> '' AND author NOT IN ($generic) AND state <> 'withdrawn'
  GROUP BY lot_id, author HAVING COUNT(*) BETWEEN 2 AND 20
),
shared AS (
  SELECT r.village_code, r.lot_id, r.author, COUNT(*) AS bidders, MIN(r.registration_id) AS first_id,
         STRING_AGG(r.number, '、' ORDER BY r.registration_id) AS numbers,
         STRING_AGG('registration:' || CAST(r.registration_id AS VARCHAR), ' ' ORDER BY r.registration_id) AS evidence
  FROM registration r JOIN twice t ON t.lot_id = r.lot_id AND t.mark = r.author
  WHERE r.state <> 'withdrawn'
  GROUP BY r.village_code, r.lot_id, r.author
)
SELECT village_code, 'bidding:' || CAST(lot_id AS VARCHAR) AS subject, CAST(first_id AS VARCHAR) AS key, 2 AS level,
       evidence, numbers, bidders, author
FROM shared
