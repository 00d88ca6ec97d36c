"""The papers of an inspection, always Chinese like the forms they are (warnings part 4: 巡察)."""

from huilian.engine.documents.forms import CaseSheet, Opinion, Report, Table
from huilian.foundation import money
from huilian.foundation.now import today

from .models import Finding, Letter, Meeting, Talk, Target
from .queries import reach

PROBLEMS = ("序号", "问题编号", "要点", "问题", "涉及金额（元）")
DUTIES = ("序号", "问题编号", "责任单位", "责任人", "整改措施", "承诺期限")
OCCASIONS = {"alert": "预警", "overdue": "办件超期", "finding": "问题整改", "rate": "按时办结率", "zeros": "三零"}
REPAIRS = ("序号", "问题编号", "进度", "整改结果", "佐证", "群众评价", "销号人")


def opinion_of(target: Target) -> Report | None:
    """「巡察反馈意见」"""
    if target.told_on is None:
        return None
    return Report(
        title=f"关于{target.round.title}对{target}的反馈意见",
        sender=target.round.unit.name,
        note=f"反馈日期 {target.told_on:%Y-%m-%d}　参加反馈 {target.told_to}",
        paragraphs=[*(target.opinion.splitlines() or ["检查情况如下。"]), "请对照问题清单逐条整改。"],
        tables=[Table("问题清单", PROBLEMS, _problems(_findings(target)))],
        made_on=today(),
    )


def notice_of(target: Target) -> Report | None:
    """「整改通知书」"""
    if target.told_on is None:
        return None
    rows = _findings(target)
    due = max((f.case.clock.due_on for f in rows if f.case and f.case.clock), default=None)
    words = f"现将{target.round.title}发现的{len(rows)}个问题通知你单位，请逐条落实责任人、措施和期限"
    return Report(
        title="整改通知书",
        sender=target.round.unit.name,
        note=f"致 {target}",
        paragraphs=[f"{words}，于{due:%Y年%m月%d日}前完成整改并提交佐证。" if due else f"{words}。"],
        tables=[Table("问题清单", PROBLEMS, _problems(rows))],
        made_on=today(),
    )


def lists_of(target: Target) -> Report | None:
    """「问题清单、责任清单、整改清单」"""
    if target.told_on is None:
        return None
    rows = _findings(target)
    return Report(
        title=f"{target}问题、责任、整改清单",
        sender=target.round.unit.name,
        note=f"{target.round.title}　截至{today():%Y-%m-%d}",
        paragraphs=[f"共{len(rows)}个问题，已销号{sum(f.case.state == 'closed' for f in rows if f.case)}个。"],
        tables=[
            Table("问题清单", PROBLEMS, _problems(rows)),
            Table("责任清单", DUTIES, [
                [str(n), f.number, f.owner.name, f.responsible, f.measures,
                 f"{f.promised_for:%Y-%m-%d}" if f.promised_for else ""] for n, f in enumerate(rows, 1)]),
            Table("整改清单", REPAIRS, [
                [str(n), f.number, _step(f), f.result, f"{f.proofs.count()}份", _voices(f), str(f.closed_by or "")]
                for n, f in enumerate(rows, 1)]),
        ],
        made_on=today(),
    )  # fmt: skip


def sign_off_of(finding: Finding) -> CaseSheet | None:
    """「销号单」"""
    if finding.case is None or finding.case.state != "closed":
        return None
    closed = finding.case.closed_at
    return CaseSheet(
        title="问题整改销号单",
        number=finding.number,
        facts=[
            ("整改单位", finding.owner.name), ("责任人", finding.responsible),
            ("要点", str(finding.item or "—")), ("承诺期限", f"{finding.promised_for or '—'}"),
            ("佐证", f"{finding.proofs.count()}份"), ("群众评价", _voices(finding)),
        ],
        matter=finding.fact,
        matter_heading="问题",
        opinions=[
            Opinion("整改情况", finding.result, finding.responsible,
                    finding.handed_in_at.date() if finding.handed_in_at else None),
            Opinion("复核意见", "同意销号", str(finding.closed_by or ""), closed.date() if closed else None),
        ],
    )  # fmt: skip


def letter_of(letter: Letter) -> CaseSheet:
    """「监督建议书、督办函」"""
    kinds = {"advice": "监督建议书", "supervise": "督办函", "notice": "限期整改通知书"}
    return CaseSheet(
        title=kinds[letter.kind],
        number=letter.number,
        facts=[("致", letter.unit.name), ("发函单位", letter.sender.name), ("依据", letter.basis or "—"),
               ("发函日期", f"{letter.sent_on:%Y-%m-%d}"), ("书面回复期限", f"{letter.due_on:%Y-%m-%d}")],
        matter=letter.facts,
        matter_heading="认定事实",
        opinions=[Opinion("建议", letter.advice, letter.sender.name, letter.sent_on),
                  Opinion("书面回复", letter.answer, letter.unit.name if letter.answer else "", letter.answered_on)],
    )  # fmt: skip


def invitation_of(talk: Talk) -> CaseSheet:
    """「约谈通知书」"""
    return CaseSheet(
        title="约谈通知书",
        number=talk.number,
        facts=_of_talk(talk),
        matter=f"{talk.why}\n请做好汇报准备，并于{talk.due_on:%Y年%m月%d日}前落实下列要求：\n{talk.demand}",
        matter_heading="约谈事由和要求",
        opinions=[],
    )


def talk_of(talk: Talk) -> CaseSheet | None:
    """「约谈记录」"""
    if talk.held_on is None:
        return None
    return CaseSheet(
        title="约谈记录",
        number=talk.number,
        facts=[*_of_talk(talk), ("实际约谈日期", f"{talk.held_on:%Y-%m-%d}"), ("落实期限", f"{talk.due_on:%Y-%m-%d}")],
        matter=f"{talk.why}\n要求：{talk.demand}",
        matter_heading="约谈事由和要求",
        opinions=[Opinion("约谈记录", talk.record, talk.sender.name, talk.held_on),
                  Opinion("落实情况", talk.follow_up, talk.unit.name if talk.follow_up else "", talk.followed_on),
                  Opinion("跟踪结论", talk.end_note, talk.sender.name if talk.end_note else "", talk.ended_on)],
    )  # fmt: skip


def _of_talk(talk: Talk) -> list[tuple[str, str]]:
    return [("被约谈单位", talk.unit.name), ("被约谈岗位", f"{talk.post.name}　{talk.person or ''}"),
            ("约谈单位", talk.sender.name), ("来源", f"{OCCASIONS[talk.kind]}　{talk.source}"),
            ("约谈日期", f"{talk.meet_on:%Y-%m-%d}")]  # fmt: skip


def minutes_of(meeting: Meeting) -> Report | None:
    """「会商纪要」"""
    if meeting.held_on is None:
        return None
    figures = [[row["zh"], "少量" if row["n"] is None else str(row["n"])] for row in meeting.pack]
    tasks = [[str(n), t.number, t.unit.name, t.what, f"{t.due_on:%Y-%m-%d}", t.result or "—"]
             for n, t in enumerate(meeting.tasks.select_related("unit"), 1)]  # fmt: skip
    return Report(
        title=f"{meeting.title}纪要",
        sender=meeting.unit.name,
        note=f"{meeting.held_on:%Y-%m-%d}　参加 {meeting.attended}",
        paragraphs=[*meeting.minutes.splitlines(), f"数据包校验码 {meeting.digest}"],
        tables=[
            Table(f"数据（{meeting.starts_on:%Y-%m-%d}至{meeting.ends_on:%Y-%m-%d}）", ("指标", "数量"), figures),
            Table("任务", ("序号", "编号", "单位", "任务", "期限", "落实情况"), tasks),
        ],
        made_on=today(),
    )


def _findings(target: Target) -> list[Finding]:
    rows = target.findings.select_related("item", "owner", "case__procedure", "case__clock", "closed_by")
    return list(rows.order_by("pk"))


def _problems(rows: list[Finding]) -> list[list[str]]:
    return [
        [str(n), f.number, f.item.text if f.item else "", f.fact,
         "" if f.amount_cents is None else f"{money.yuan(f.amount_cents):f}"]
        for n, f in enumerate(rows, 1)
    ]  # fmt: skip


def _step(finding: Finding) -> str:
    return finding.case.definition.step(finding.case.step).name["zh"] if finding.case else "未反馈"


def _voices(finding: Finding) -> str:
    said = list(finding.voices.exclude(verdict="").values_list("verdict", flat=True))
    return f"改了{said.count('yes')} 部分{said.count('partly')} 没改{said.count('no')}" if said else "无"


PAPERS = {
    "opinion": (reach.visible_targets, "pk", opinion_of),
    "notice": (reach.visible_targets, "pk", notice_of),
    "lists": (reach.visible_targets, "pk", lists_of),
    "sign-off": (reach.visible_findings, "number", sign_off_of),
    "invitation": (reach.visible_talks, "number", invitation_of),
    "talk": (reach.visible_talks, "number", talk_of),
    "minutes": (reach.visible_meetings, "number", minutes_of),
    "letter": (reach.visible_letters, "number", letter_of),
}
