"""The papers of a case as values: 办理单 and 督办通知. Their words are Chinese in every language (GB/T 9704)."""

from datetime import date

from django.utils import translation

from huilian.engine.access.queries import powers_of
from huilian.engine.documents.forms import CaseSheet, Opinion, SupervisionNotice
from huilian.engine.look.site import site
from huilian.engine.look.text import long_day
from huilian.engine.procedures.kinds import kinds
from huilian.engine.procedures.models import Case, Supervision
from huilian.engine.trail.queries import actor_name, history_of
from huilian.foundation.now import moment, today

from .lists import kind_name, source_names
from .rows import class_name, step_name

LEVELS = {1: "催办", 2: "督办", 3: "查办"}


def sheet_of(case: Case) -> CaseSheet:
    """「办理单」 One matter with a box for each step; steps not reached have empty boxes to be filled in by hand."""
    with translation.override("zh-hans"):
        definition = case.definition
        facts = [
            ("受理时间", f"{moment(case.received_at):%Y-%m-%d %H:%M}"),
            ("来源", source_names().get(case.source, case.source)),
            ("事项类别", class_name(case, definition)),
            ("地点", " ".join(dict.fromkeys(str(p) for p in (case.township, case.place) if p))),
            ("承办单位", case.unit.name if case.unit else ""),
            ("承办人", str(case.handler or "")),
            ("应办结", long_day(case.due_on)),
            ("当前环节", step_name(case, definition) if case.is_open else case.get_state_display()),
        ]
        kind = kinds().get(case.kind)
        told = kind.matter(case) if kind and kind.matter else ""
        return CaseSheet(
            title=f"{definition.name['zh'].removesuffix('流程')}单",
            number=case.number,
            facts=facts,
            matter=f"{case.title}\n{told}" if told and told != case.title else case.title,
            opinions=_opinions(case, definition),
            foot=f"{site().name} {long_day(today())}打印",
        )


def _opinions(case: Case, definition) -> list[Opinion]:
    left = {}  # by step: the act that last led on from it
    for event in history_of(case):
        if event.data.get("from") and event.data.get("from") != event.data.get("to"):
            left[event.data["from"]] = event
    found = []
    for step in definition.steps:
        if step.kind != "task" or not step.drawn:
            continue
        event, name = left.get(step.key), step.name["zh"]
        if event is None:
            found.append(Opinion(name))
        else:
            said = str(event.data.get("note") or "")
            found.append(Opinion(name, said, actor_name(event), moment(event.at).date()))
    return found


def notice_of(supervision: Supervision, *, by) -> SupervisionNotice:
    """「督办通知」 What the unit is told to do, and by which day to answer. Its issue number follows its own number."""
    with translation.override("zh-hans"):
        case, level = supervision.case, LEVELS[supervision.level]
        issued = moment(supervision.issued_at).date()
        due = supervision.clock.due_on if supervision.clock_id else None
        return SupervisionNotice(
            sender=_sender(supervision.issued_by or by),
            code=f"{site().place}督办",
            year=issued.year,
            serial=int(supervision.number.removeprefix(f"DB{issued.year}").replace("-", "")),
            title=f"关于{level}“{case.title}”的通知",
            addressee=supervision.unit.name if supervision.unit else "",
            paragraphs=_paragraphs(case, supervision.demand, level, due),
            signed_on=issued,
            contact=site().phone,
            printed_on=today(),
        )


def supervision_sheet(supervision: Supervision) -> CaseSheet:
    """「催办单·督办单·查办单」 The form an office files: matter, source, who leads and helps, demand, limit, extension,
    result, and a box for the assessment, which is written by hand."""
    with translation.override("zh-hans"):
        case, level = supervision.case, LEVELS[supervision.level]
        extension = case.extensions.filter(approved=True).last()
        facts = [
            ("编号", supervision.number),
            ("来源", f"{kind_name(case.kind)} {case.number}"),
            ("牵头单位", supervision.unit.name if supervision.unit else ""),
            ("协办单位", "、".join(c.unit.name for c in case.co_handlers.select_related("unit"))),
            ("签发", f"{supervision.issued_by or '系统'} {moment(supervision.issued_at):%Y-%m-%d %H:%M}"),
            ("答复时限", long_day(supervision.clock.due_on) if supervision.clock_id else ""),
            ("延期", f"{extension.length}个工作日：{extension.reason}" if extension else "无"),
            ("办理期限", long_day(case.due_on)),
        ]
        replied = supervision.replied_at
        return CaseSheet(
            title=f"{level}单",
            number=supervision.number,
            facts=facts,
            matter=f"{case.title}\n{level}要求：{supervision.demand}",
            opinions=[
                Opinion("当前进展", step_name(case, case.definition) if case.is_open else case.get_state_display()),
                Opinion("办理结果", supervision.reply, str(supervision.replied_by or ""),
                        moment(replied).date() if replied else None),
                Opinion("评价"),
            ],
            foot=f"{site().name} {long_day(today())}打印",
        )  # fmt: skip


def _paragraphs(case: Case, demand: str, level: str, due: date | None) -> list[str]:
    limit = f"，办理期限至{long_day(case.due_on)}" if case.due_on else ""
    found = [
        f"你单位承办的“{case.title}”（办件编号 {case.number}，{long_day(case.received_at)}受理{limit}），现予{level}。",
        "一、办理要求",
        *[line.strip() for line in demand.splitlines() if line.strip()],
    ]
    if due:
        found += ["二、答复时限", f"请于{long_day(due)}前书面答复办理情况，并在系统内回复。"]
    return found


def _sender(user) -> str:
    """The unit in whose name it goes out: that of the post which lets `user` supervise."""
    units = [h.unit.name for h in powers_of(user) if "case.supervise" in h.role.may]
    return units[0] if units else site().owner or site().name
