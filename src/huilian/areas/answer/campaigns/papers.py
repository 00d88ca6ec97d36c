"""The papers of a campaign, always Chinese like the forms they are: ledger, report, sign-off."""

from huilian.engine.documents.forms import CaseSheet, Opinion, Report, Table
from huilian.foundation import money
from huilian.foundation.now import today

from .models import Campaign, Caution, Occasion, Problem
from .queries import figures, reach

LEDGER = ("序号", "问题编号", "责任单位", "问题", "来源", "整改措施", "责任人", "承诺期限", "进度", "整改结果", "成效")


def ledger_of(campaign: Campaign) -> Report:
    """「整治台账」"""
    rows = figures.taken_up(campaign).select_related("case__procedure", "unit").order_by("pk")
    return Report(
        title=f"{campaign.title}整治台账",
        sender=campaign.unit.name,
        note=f"截至{today():%Y-%m-%d}",
        paragraphs=[f"共{len(rows)}个问题。"],
        tables=[Table("问题、措施、成效", LEDGER, [
            [str(n), p.number, p.unit.name, p.fact, p.source_ref or "人工录入", p.measures, p.responsible,
             f"{p.promised_for or ''}", p.step["zh"], p.result, p.effect] for n, p in enumerate(rows, 1)])],
        made_on=today(),
    )  # fmt: skip


def report_of(campaign: Campaign) -> Report | None:
    """「整治情况通报」 Figures only; units, never persons."""
    if campaign.state == "planned":
        return None
    have = figures.counts(campaign)
    joint = "、".join(unit.name for unit in campaign.joint.all())
    lead = f"{campaign.unit.name}牵头" + (f"，{joint}联动" if joint else "")
    return Report(
        title=f"关于{campaign.title}情况的通报",
        sender=campaign.unit.name,
        note=f"{campaign.starts_on:%Y-%m-%d}至{campaign.ends_on:%Y-%m-%d}　截至{today():%Y-%m-%d}",
        paragraphs=[
            f"一、总体情况。{lead}。问题库收到线索{have['proposed'] + have['refused'] + have['accepted']}条，"
            f"认领问题{have['accepted']}个，不予认领{have['refused']}条，待定{have['proposed']}条；"
            f"已销号{have['closed']}个，超期未改{have['late']}个。",
            *([f"二、目标任务。{campaign.objectives}"] if campaign.objectives else []),
        ],
        tables=[
            Table("按整治重点", ("整治重点", "问题", "销号"),
                  [[name, str(n), str(done)] for name, n, done in figures.by_aspect(campaign)]),
            Table("按责任单位", ("责任单位", "问题", "销号", "超期"),
                  [[u["unit__name"], str(u["n"]), str(u["done"]), str(u["late"])] for u in figures.by_unit(campaign)]),
            Table("成效", ("指标", "数量"), [
                [line.measure.name,
                 f"{money.text(line.total)}元" if line.measure.is_money else f"{line.total}{line.measure.word}"]
                for line in figures.totals(campaign)], note="每笔都有来源文件，见成效登记。"),
        ],
        made_on=today(),
    )  # fmt: skip


def sign_off_of(problem: Problem) -> CaseSheet | None:
    """「整改销号单」"""
    if problem.case is None or problem.case.state != "closed":
        return None
    closed = problem.case.closed_at
    return CaseSheet(
        title="专项整治问题销号单",
        number=problem.number,
        facts=[("专项整治", problem.campaign.title), ("责任单位", problem.unit.name), ("责任人", problem.responsible),
               ("整治重点", str(problem.aspect or "—")), ("承诺期限", f"{problem.promised_for or '—'}"),
               ("成效", problem.effect or "—")],
        matter=problem.fact,
        matter_heading="问题",
        opinions=[
            Opinion("整改情况", problem.result, problem.responsible,
                    problem.handed_in_at.date() if problem.handed_in_at else None),
            Opinion("核验意见", problem.verified, str(problem.closed_by or ""), closed.date() if closed else None),
        ],
    )  # fmt: skip


def caution_of(caution: Caution) -> CaseSheet | None:
    """「效能告诫书」"""
    if caution.starts_on is None:
        return None
    return CaseSheet(
        title="效能告诫书",
        number=caution.number,
        facts=[("被告诫人", caution.person.name), ("单位职务", f"{caution.unit.name}　{caution.post}"),
               ("依据", caution.basis), ("影响期", f"{caution.starts_on}至{caution.ends_on}"),
               ("申诉期限", f"{caution.appeal_due}前"), ("状态", str(caution.get_state_display()))],
        matter=caution.fact,
        matter_heading="事实",
        opinions=[
            Opinion("本人陈述", caution.hearing, caution.person.name, caution.heard_on),
            Opinion("决定", caution.reason, str(caution.decider or ""), caution.decided_on),
            Opinion("申诉处理", f"{caution.get_outcome_display()} {caution.outcome_reason}".strip(),
                    str(caution.appeal_decider or "")),
        ],
    )  # fmt: skip


FAULTS = {"tables": "桌数超标", "guests": "人数超标", "gifts_cents": "礼金超标", "late_before": "事前迟报",
          "late_after": "事后迟报"}  # fmt: skip


def occasion_of(occasion: Occasion) -> CaseSheet:
    """「婚丧喜庆事项申报表」"""
    held = occasion.reported_on is not None
    gifts = f"，礼金{money.text(occasion.gifts_cents)}元" if held else ""
    after = f"桌数{occasion.tables_held}，人数{occasion.guests_held}{gifts}" if held else ""
    return CaseSheet(
        title="婚丧喜庆事项申报表",
        number=occasion.number,
        facts=[("申报人", occasion.person.name), ("单位", occasion.unit.name), ("事项", occasion.kind.name),
               ("办理日期", f"{occasion.day}"), ("地点", occasion.venue), ("邀请范围", occasion.invited),
               ("拟办桌数", str(occasion.tables)), ("拟请人数", str(occasion.guests)),
               ("事后报告期限", f"{occasion.after_due}"),
               ("核对", "、".join(FAULTS[code] for code in occasion.over) or "未见超标、迟报")],
        matter=after or "待办理后报告",
        matter_heading="事后报告",
        opinions=[Opinion("审核意见", occasion.opinion, str(occasion.checker or "")),
                  Opinion("结论", occasion.conclusion, "", occasion.closed_on)],
    )  # fmt: skip


def _managed(user):
    return Campaign.objects.filter(reach.ways(Campaign, user, reach.MANAGE, None, "unit"))


PAPERS = {
    "ledger": (_managed, "number", ledger_of),
    "report": (_managed, "number", report_of),
    "occasion": (reach.visible_occasions, "number", occasion_of),
    "caution": (reach.visible_cautions, "number", caution_of),
    "sign-off": (reach.visible_problems, "number", sign_off_of),
}
