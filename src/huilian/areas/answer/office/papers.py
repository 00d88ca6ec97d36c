"""The papers of talks, always Chinese like the forms they are: use of a place, plan, checks, hand-over, incident."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from huilian.engine.documents.forms import CaseSheet, Opinion, Report, Table
from huilian.foundation.now import moment, today

from .models import Check, Incident, Item, Room, Talk
from .queries.states import table

RISKS = {1: "低", 2: "中", 3: "高"}
AGES = {"": "16至60周岁", "minor": "未满18周岁", "over_60": "60周岁以上"}
HEALTH = {"": "未见异常", "ill": "慢性病或重大疾病", "pregnant": "孕期或哺乳期"}
STAGES = {Item.List.BEFORE: "谈话前", Item.List.DURING: "谈话中", Item.List.AFTER: "谈话后"}
KINDS = {
    "ill": "突发疾病", "harm": "自伤自残或伤害他人", "escape": "脱离现场", "conflict": "冲突", "equipment": "设备故障",
    "other": "其他",
}  # fmt: skip


def hour(at: datetime | None) -> str:
    return f"{moment(at):%Y-%m-%d %H:%M}" if at else ""


def use_of(room: Room) -> Report:
    """「谈话场所使用登记」"""
    heads = ("编号", "案件编号", "起", "止", "谈话人", "安全员", "风险", "移入签字", "移出签字", "事故")
    rows = []
    talks = room.talks.filter(state__in=("inside", "ended", "closed")).order_by("begins_at")
    for talk in talks.select_related("talker", "second", "guard").prefetch_related("marks", "handovers", "incidents"):
        at = {m.kind: m.at for m in talk.marks.all() if m.kind in ("start", "end")}
        signed = {h.way: hour(h.taken_at) for h in talk.handovers.all()}
        rows.append([
            talk.number, talk.case_number, hour(at.get("start")), hour(at.get("end")), f"{talk.talker}、{talk.second}",
            str(talk.guard), RISKS[talk.risk],
            signed.get("in", ""), signed.get("out", ""), str(len(talk.incidents.all())),
        ])  # fmt: skip
    return Report(
        title="谈话场所使用登记", sender=room.unit.name,
        note=f"{room.name}　可容纳{room.capacity}人　截至{today():%Y-%m-%d}",
        paragraphs=[f"共使用{len(rows)}次。被谈话人姓名封存，本表不载。"],
        tables=[Table("使用登记", heads, rows)], made_on=today(),
    )  # fmt: skip


def checks_of(talk: Talk) -> Report:
    """「安全检查表」"""
    heads = ("序号", "检查项目", "情况", "说明", "检查人", "时间")
    return Report(
        title="谈话安全检查表", sender=talk.room.unit.name,
        note=f"{talk.number}　{talk.room.name}　安全员 {talk.guard}",
        paragraphs=[f"体检：{_medical(talk)}。"],
        tables=[
            Table(name, heads, [
                [str(n), item.text, *_found(check)]
                for n, (item, check) in enumerate(table(stage, talk=talk), 1)
            ]) for stage, name in STAGES.items()
        ], made_on=today(),
    )  # fmt: skip


def _found(check: Check | None) -> list[str]:
    if check is None:
        return [""] * 4
    return ["正常" if check.is_good else "异常", check.note, str(check.by or ""), hour(check.at)]


def _medical(talk: Talk) -> str:
    if talk.medical_at:
        return f"{hour(talk.medical_at)}，{'适宜谈话' if talk.is_fit else '不适宜谈话'}"
    return "应体检，未做" if talk.needs_medical else "未要求"


def handover_of(talk: Talk) -> Report:
    """「交接单」"""
    ways = {"in": "移入场所", "out": "移出场所"}
    rows = [
        [ways[h.way], str(h.giver), hour(h.given_at), str(h.taker), hour(h.taken_at), "一致" if h.is_well else "有变化"]
        for h in talk.handovers.select_related("giver", "taker")
    ]
    heads = ("环节", "移交人", "移交签字时间", "接收人", "接收签字时间", "身体、情绪")
    return Report(
        title="谈话人员交接单", sender=talk.room.unit.name, note=f"{talk.number}　{talk.room.name}",
        paragraphs=["双方当面查验身体、情绪和随身物品后签字。被谈话人姓名封存，本表不载。"],
        tables=[Table("交接记录", heads, rows)], made_on=today(),
    )  # fmt: skip


def plan_of(talk: Talk, opened: dict[str, dict]) -> CaseSheet:
    """「安全预案」"""
    content = opened.get("content", {"person": {}, "plan": ""})
    person = content["person"]
    agreed = f"{talk.decided_by or ''}"
    return CaseSheet(
        title="谈话安全预案", number=talk.number,
        facts=[
            ("案件编号", talk.case_number), ("场所", str(talk.room)),
            ("时间", f"{hour(talk.begins_at)}至{hour(talk.ends_at)}"),
            ("被谈话人", person.get("name", "")), ("单位及职务", person.get("post", "")),
            ("年龄", AGES.get(person.get("age", ""), "")), ("健康", HEALTH.get(person.get("health", ""), "")),
            ("谈话人", f"{talk.talker}、{talk.second}"), ("安全员", str(talk.guard)), ("风险等级", RISKS[talk.risk]),
            ("体检", _medical(talk)),
        ],
        matter=content["plan"], matter_heading="安全措施和应急处置",
        opinions=[Opinion("审批意见", "同意" if talk.state not in ("asked", "refused") else "", agreed)],
        foot=talk.room.unit.name,
    )  # fmt: skip


def incident_of(incident: Incident, opened: dict[str, dict]) -> CaseSheet:
    """「事故报告」"""
    talk, part = incident.talk, incident.part
    follow = [opened[f"{part}-{n}"]["text"] for n in range(1, incident.follow_ups + 1) if f"{part}-{n}" in opened]
    return CaseSheet(
        title="谈话安全事故报告", number=incident.number,
        facts=[
            ("谈话编号", talk.number), ("场所", str(talk.room)), ("类别", KINDS[incident.kind]),
            ("发生时间", hour(incident.happened_at)), ("报告时间", hour(incident.reported_at)),
            ("报告人", str(incident.by or "")), ("安全员", str(talk.guard)), ("结案时间", hour(incident.closed_at)),
        ],
        matter=opened.get(part, {}).get("text", ""), matter_heading="经过和当场处置",
        opinions=[Opinion("后续处置", "\n".join(follow), str(incident.closed_by or ""))], foot=talk.room.unit.name,
    )  # fmt: skip


OPEN: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "use": ("room", use_of),
    "checks": ("talk", checks_of),
    "handover": ("talk", handover_of),
}
SEALED: dict[str, tuple[str, Callable[[Any, dict], Any]]] = {
    "plan": ("talk", plan_of),
    "incident": ("incident", incident_of),
}
