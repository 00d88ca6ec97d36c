"""Papers of risk control, always Chinese like the forms they are: the three levels of finding (facts §11.8), the
directory, the five disposals, the quarterly report. What a form asks for and nobody has written stays empty.
"""

from collections.abc import Iterable

from django.utils import translation

from huilian.engine.directory.models import Post, Unit
from huilian.engine.documents.forms import CaseSheet, Opinion, Report, Table
from huilian.foundation.now import today

from .models import Directory, Disposal, RiskPoint
from .models import Report as QuarterReport
from .models.catalogue import Grade, Level
from .queries.progress import live_points
from .queries.tables import cover

CHINESE = "zh-hans"
ROMAN = {1: "一级", 2: "二级", 3: "三级"}
POINTS = ("风险点", "类别", "表现形式", "使用频率（年）", "等级", "防控措施")
CATALOGUE = ("序号", "岗位（科室）", "依据", "界限", "责任", "风险点及表现形式", "等级")
COVERED = ("措施类型", "事前", "事中", "事后")


def _rows(points: Iterable[RiskPoint]) -> list[list[str]]:
    return [
        [
            p.name,
            p.get_kind_display(),
            p.manifestation,
            "" if p.used is None else f"{p.used}{'（自报）' if p.estimated else ''}",
            ROMAN.get(p.grade, ""),
            "；".join(
                f"[{m.get_type_display()}·{m.get_phase_display()}]{m.text}" for m in p.measures.all() if not m.ended_on
            ),
        ]
        for p in points
    ]


def _covered(points) -> Table:
    return Table("防控措施覆盖", COVERED, [[name, *map(str, counts)] for name, counts in cover(points)])


def post_form(post: Post) -> Report:
    """「岗位廉政风险查找表」"""
    with translation.override(CHINESE):
        points = live_points(post.unit).filter(post=post).prefetch_related("measures")
        held = [a.person.name for a in post.appointments.filter(ends_on=None).select_related("person")]
        powers = [f"{p.item_code} {p.basis}".strip() for p in points if p.item_code or p.basis]
        return Report(
            title="岗位廉政风险查找表",
            sender=post.unit.name,
            note=f"岗位：{post.name}　姓名：{'、'.join(held)}",
            paragraphs=[
                f"职责：{post.duties}",
                f"权力事项与依据：{'；'.join(dict.fromkeys(powers))}",
                "承诺签名：　　　　　　　　审核人：",
            ],
            tables=[Table("风险点", POINTS, _rows(points)), _covered(points)],
            made_on=today(),
        )


def section_form(unit: Unit, section: str) -> Report:
    """「股室廉政风险查找表」 Points of the section itself and those of its posts."""
    with translation.override(CHINESE):
        points = live_points(unit).filter(section=section).prefetch_related("measures")
        flows = [f"{p.procedure_key} {p.step}".strip() for p in points if p.procedure_key]
        return Report(
            title="股室廉政风险查找表",
            sender=unit.name,
            note=f"股室：{section}",
            paragraphs=[
                "职能：",
                f"流程及关键环节：{'；'.join(dict.fromkeys(flows))}",
                "交接、制衡缺口：",
                "责任股长签名：",
            ],
            tables=[
                Table("股室风险点", POINTS, _rows(p for p in points if p.level == Level.SECTION)),
                Table("岗位风险汇总", POINTS, _rows(p for p in points if p.level == Level.POST)),
                _covered(points),
            ],
            made_on=today(),
        )


def unit_form(unit: Unit) -> Report:
    """「单位廉政风险查找表」 With the points of grade one and the minutes and notice of the directory in force."""
    with translation.override(CHINESE):
        points = live_points(unit).prefetch_related("measures")
        held = unit.risk_directories.filter(state=Directory.State.FINAL).first()
        decided = (
            f"班子会议纪要：{held.minutes_no}　公示：{held.notice_from:%Y-%m-%d}至{held.notice_to:%Y-%m-%d}"
            if held
            else "班子会议纪要：　　公示起止："
        )
        return Report(
            title="单位廉政风险查找表",
            sender=unit.name,
            note=f"截至{today():%Y-%m-%d}",
            paragraphs=[
                "“三重一大”事项：",
                "重点资金、重点项目：",
                "制度清单与缺口：",
                "外部环境（管理服务对象、中介）：" + "；".join(p.name for p in points if p.kind == "outside"),
                "领导分工：",
                decided,
            ],
            tables=[
                Table("单位风险点", POINTS, _rows(p for p in points if p.level == Level.UNIT)),
                Table("一级风险点清单", POINTS, _rows(p for p in points if p.grade == Grade.FIRST)),
                _covered(points),
            ],
            made_on=today(),
        )


def directory_paper(found: Directory) -> Report:
    """「廉政风险管理目录」 Five columns after S3-15, as the rows were frozen."""
    state = {
        Directory.State.ASKING: "征求意见稿",
        Directory.State.NOTICE: "公示稿",
        Directory.State.FINAL: f"{found.minutes_no}审定" if found.minutes_no else "",
        Directory.State.REPLACED: "已被新目录代替",
    }[found.state]
    rows = [
        [str(n), r["post"], r["basis"], r["bounds"], r["duty"], f"{r['name']}：{r['manifestation']}", ROMAN[r["grade"]]]
        for n, r in enumerate(found.rows, 1)
    ]
    return Report(
        title=f"{found.unit.name}廉政风险管理目录",
        sender=found.unit.name,
        note=f"{found.year}年　{found.number}　{state}",
        paragraphs=[],
        tables=[Table("目录", CATALOGUE, rows)],
        made_on=today(),
    )


def disposal_paper(found: Disposal) -> CaseSheet:
    """The paper of one of the five disposals. A hand-over names the sealed paper and nothing of its content."""
    with translation.override(CHINESE):
        handed = found.kind == Disposal.Kind.HANDOVER
        facts = [("被处置人", found.person.name), ("单位", found.unit.name)]
        if found.point:
            facts.append(("风险点", f"{found.point.name}（{ROMAN.get(found.point.grade, '未定级')}）"))
        for name, value in (
            ("送达日期", found.served_on), ("回复期限", found.reply_due_on), ("影响期至", found.effect_until)
        ):  # fmt: skip
            if value:
                facts.append((name, f"{value:%Y-%m-%d}"))
        opinions = [
            Opinion("提出", "", str(found.asked_by or ""), found.asked_on),
            Opinion("审批", "同意", str(found.decided_by or ""), found.decided_on),
        ]
        if not handed:
            opinions += [
                Opinion("要求", found.demand),
                Opinion("本人回复", found.reply, found.person.name if found.replied_on else "", found.replied_on),
                Opinion("效果检查", found.effect, "", found.checked_on),
            ]
        return CaseSheet(
            title=f"{found.get_kind_display()}书" if not handed else "问题线索移送登记单",
            number=found.number,
            facts=facts,
            matter=f"密封件编号：{found.sealed_no}" if handed else found.facts,
            matter_heading="移送" if handed else "事实",
            opinions=opinions,
        )


def report_paper(found: QuarterReport) -> Report:
    """「廉政风险防控管理报告」 The sentences as reviewed, the figures as counted, the proposals."""
    f = found.figures
    figures = [
        ["风险点", str(f["points"])], ["一级", str(f["grades"]["1"])], ["二级", str(f["grades"]["2"])],
        ["三级", str(f["grades"]["3"])], ["风险信息", str(f["signals"])], ["上期风险信息", str(f["signals_before"])],
        ["已送达处置", str(f["served"])], ["主动干预", str(f["interventions"])],
        ["超过十二个月未复核", str(f["stale"])], ["没有措施", str(f["bare"])],
    ]  # fmt: skip
    proposals = [
        [p.unit.name, p.text, f"{p.due_on:%Y-%m-%d}", p.result] for p in found.proposals.select_related("unit")
    ]
    return Report(
        title=f"{found.year}年第{found.quarter}季度廉政风险防控管理报告",
        sender="",
        note=f"{found.number}",
        paragraphs=found.text.splitlines(),
        tables=[
            Table("数据", ("项目", "数量"), figures),
            Table("改进建议", ("单位", "建议", "期限", "落实情况"), proposals),
        ],
        made_on=found.issued_on or today(),
    )
