/*
id: CQ08
names: {zh: 先定受让人后交易, en: The winner was named before the trade}
group: CQ
grain: village
reads: [lot, deal, decision]
nature: gain
parameters: {}
levels:
  orange: {zh: 公告以前决议里已经写了后来的受让人, en: The decision named the later winner before the notice}
  red: {zh: 而且只有这一人竞买, en: And nobody else bid}
basis: []
note: {zh: 没有直接的上位条文；决议只应定标的、底价和条件，受让人由交易产生。, en: "No rule above names it; a decision sets the thing, the price and the terms, and trading finds the taker."}
explain:
  zh: "{title}：决议{decision_no}在{named_on}已写明“{winner}”，公告在{registers_from:date}，成交人正是{winner}，竞买人{bidders}个。"
  en: "{title}: decision {decision_no} named {winner} on {named_on}, the notice is of {registers_from:date}, and {winner} won among {bidders}."
exclusions:
  zh: 公告以后才写入成交人的（结果公示）。
  en: Decisions that name the winner only after the notice.
false_alarms:
  zh: 决议写的是有优先权的现承租人。
  en: The decision named a sitting tenant with priority.
weight: 5
status: active
owner: discipline
source: winner decided before the vote
*/
SELECT l.village_code, 'lot:' || CAST(l.lot_id AS VARCHAR) AS subject, '' AS key,
       CASE WHEN d.bidders = 1 THEN 3 ELSE 2 END AS level,
       'decision:' || CAST(m.decision_id AS VARCHAR) || ' deal:' || CAST(d.deal_id AS VARCHAR) AS evidence,
       l.title, l.decision_no, m.named_on, d.winner, l.registers_from, d.bidders
FROM lot l JOIN deal d ON d.lot_id = l.lot_id JOIN decision m ON m.number = l.decision_no AND m.village_code = l.village_code
WHERE d.stands AND m.winner_norm <> '' AND m.winner_norm = d.winner_norm AND m.named_on < l.registers_from
