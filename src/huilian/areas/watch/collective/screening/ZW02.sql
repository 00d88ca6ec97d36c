/*
id: ZW02
names: {zh: 高息借款, en: Borrowed at high interest}
group: ZW
grain: village
reads: [debt]
nature: gain
parameters:
  bank_bp: {value: 435, unit: bp, zh: 当地同期同类银行贷款年利率（万分之几）, en: "Yearly rate of a like bank loan, hundredths of a per cent", origin: default}
  orange_percent: {value: 150, unit: percent, zh: 达到银行利率的百分之几以上预警, en: Share of the bank's rate above which it is a warning, origin: default}
  lpr_bp: {value: 300, unit: bp, zh: 一年期贷款市场报价利率（万分之几）, en: "One-year loan prime rate, hundredths of a per cent", origin: default}
  cap_times: {value: 4, unit: times, zh: 民间借贷利率上限为一年期LPR的几倍, en: Cap on private loans as a multiple of that rate, origin: law}
levels:
  yellow: {zh: 高于同期银行贷款利率, en: Above the rate of a like bank loan}
  orange: {zh: 高于银行利率的1.5倍, en: Above 1.5 times that rate}
  red: {zh: 高于一年期LPR的4倍（法律不保护）, en: Above four times the one-year loan prime rate (not protected by law)}
basis: [{law: 最高人民法院关于审理民间借贷案件适用法律若干问题的规定, version: 2020年第二次修正，法释〔2020〕17号, article: 第二十五条}]
note: {zh: 银行利率和LPR请按签订时公布的数修改，默认值只供起步。, en: Set both rates to those published when the loan was made; the defaults are only a start.}
explain:
  zh: "向{counterpart}借的{balance_cents:money}（{number}，{began_on}）年利率{rate_bp:bp}，同期银行利率{bank_bp:bp}，四倍LPR为{cap_bp:bp}。"
  en: "{balance_cents:money} borrowed from {counterpart} ({number}, {began_on}) bears {rate_bp:bp} a year; a like bank loan {bank_bp:bp}, the cap {cap_bp:bp}."
exclusions:
  zh: 已还清的不预警；银行贷款只有高于1.5倍才预警；2019年8月20日LPR改革以前的旧借据不按四倍LPR判。
  en: Left out are repaid debts; bank loans count only above 1.5 times; notes older than the loan prime rate (20 August 2019) are not held to the cap.
false_alarms:
  zh: 利率按月填成了年；签订时的LPR比现在高。
  en: A monthly rate entered as a yearly one; the prime rate was higher when the loan was made.
weight: 3
status: active
owner: agriculture
source: ZW02
*/
WITH loan AS (
  SELECT village_code, debt_id, number, counterpart, began_on, balance_cents, rate_bp,
         CASE WHEN rate_bp > $cap_times * $lpr_bp AND began_on >= DATE '2019-08-20' AND counterpart_kind <> 'bank' THEN 3
              WHEN rate_bp * 100 > $bank_bp * $orange_percent THEN 2
              WHEN rate_bp > $bank_bp AND counterpart_kind <> 'bank' THEN 1 END AS level
  FROM debt
  WHERE direction = 'borrowed' AND settled_on IS NULL AND balance_cents > 0
)
SELECT l.village_code, 'debt:' || CAST(l.debt_id AS VARCHAR) AS subject, '' AS key, l.level,
       'debt:' || CAST(l.debt_id AS VARCHAR) AS evidence,
       l.number, l.counterpart, l.began_on, l.balance_cents, l.rate_bp, $cap_times * $lpr_bp AS cap_bp
FROM loan l
WHERE l.level IS NOT NULL
