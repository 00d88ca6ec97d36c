"""Papers of petitions, always Chinese like the forms they are. What a form asks for and nobody has written stays empty.

A paper for the petitioner bears their names: whoever prints it opens them, and that is recorded (`views.printing`).
"""

from collections.abc import Callable, Sequence

from django.utils import translation

from huilian.engine.documents.forms import CaseSheet, Opinion, Report, Table
from huilian.engine.procedures.models import Extension
from huilian.foundation.now import moment, today

from .models import Petition, Petitioner, Review, SupervisionPaper

CHINESE = "zh-hans"
LAW = "《信访工作条例》"


def _day(at) -> str:
    return f"{moment(at):%Y年%-m月%-d日}" if at else ""


def _letter(petition: Petition, people: Sequence[Petitioner], title: str, paragraphs: Sequence[str]) -> Report:
    names = "、".join(one.name for one in people)
    unit = petition.case.unit
    return Report(
        title=title,
        sender=unit.name if unit else "",
        note=f"{petition.case.number}",
        paragraphs=[f"{names}：", *paragraphs],
        tables=[],
        made_on=today(),
    )


def register_sheet(petition: Petition, people: Sequence[Petitioner]) -> CaseSheet:
    """「信访事项登记表」"""
    facts = [
        ("编号", petition.case.number),
        ("类型", petition.get_kind_display()),
        ("来源", petition.get_channel_display()),
        ("接件时间", _day(petition.case.received_at)),
        ("信访人", "、".join(one.name for one in people)),
        ("人数", str(petition.people)),
        ("联系", "；".join(f"{one.phone} {one.address}".strip() for one in people)),
        ("地点", petition.place.name),
        ("涉及单位", str(petition.about or "")),
        ("重复信访", petition.repeat_of.case.number if petition.repeat_of else "否"),
    ]
    handled = [
        Opinion("转送", str(petition.case.unit or "")),
        Opinion("受理告知", petition.told_text, "", petition.told_at and moment(petition.told_at).date()),
        Opinion("处理意见", petition.opinion, "", petition.answered_at and moment(petition.answered_at).date()),
    ]
    return CaseSheet("信访事项登记表", petition.case.number, facts, petition.text, handled)


def told_notice(petition: Petition, people: Sequence[Petitioner]) -> Report:
    """「受理告知书」「不予受理告知书」「导入法定途径告知书」 By what was told."""
    came = f"您（你们）于{_day(petition.case.received_at)}提出的“{petition.case.title}”信访事项收悉。"
    if petition.ground:
        title, more = "信访事项不予受理告知书", [
            f"理由：{petition.ground.name}（{petition.ground.basis}）。", petition.told_text,
            f"还可以：{petition.ground.guidance}",
        ]  # fmt: skip
    elif petition.path:
        title, more = "信访诉求导入法定途径告知书", [
            f"依照{LAW}第三十一条，该诉求应当先通过{petition.path.name}解决（{petition.path.basis}）。",
            f"提出的机关：{petition.path.organ}。",
            f"期限：{petition.path.period}。" if petition.path.period else "",
            petition.told_text,
        ]  # fmt: skip
    else:
        due = petition.case.clock.due_on if petition.case.clock_id else None
        title, more = "信访事项受理告知书", [
            f"经审查，决定于{_day(petition.told_at)}受理。", petition.told_text,
            f"办理期限至{due:%Y年%-m月%-d日}。" if due else "",
            "您可以凭编号和查询码查询办理进度。",
        ]  # fmt: skip
    return _letter(petition, people, title, [came, *filter(None, more)])


def extension_notice(petition: Petition, people: Sequence[Petitioner]) -> Report:
    """「延期办理告知书」"""
    given = Extension.objects.filter(case=petition.case, approved=True).latest("pk")
    return _letter(
        petition, people, "信访事项延期办理告知书",
        [
            f"“{petition.case.title}”信访事项情况复杂，依照{LAW}第三十四条，经本机关负责人批准，"
            f"办理期限延长{given.length}日。",
            f"理由：{given.reason}",
        ],
    )  # fmt: skip


def answer_letter(petition: Petition, people: Sequence[Petitioner]) -> Report:
    """「信访事项处理意见书」 In its five parts."""
    parts = (("一、信访请求", petition.claim), ("二、查明的事实", petition.facts), ("三、依据", petition.law),
             ("四、处理意见", petition.opinion), ("五、救济途径", petition.remedy))  # fmt: skip
    lines = [line for heading, text in parts for line in (heading, *text.splitlines())]
    return _letter(petition, people, "信访事项处理意见书", lines)


def review_opinion(review: Review, people: Sequence[Petitioner]) -> Report:
    """「复查意见书」「复核意见书」"""
    final = review.stage == Review.Stage.FINAL
    end = (
        "本意见为信访终结意见。以同一事实和理由再次提出的，各级机关不再受理；认为权利受到侵害的，可以依法向人民法院起诉。"
        if final
        else "不服本意见的，可以自收到之日起三十日内请求复核。"
    )
    made = _letter(
        review.petition, people, "信访事项复核意见书" if final else "信访事项复查意见书",
        ["一、申请理由", review.reason, "二、意见", f"{review.get_result_display()}。{review.text}", end],
    )  # fmt: skip
    return Report(made.title, review.organ, made.note, made.paragraphs, [], made.made_on)


def _review(stage: int) -> Callable:
    def write(petition: Petition, people: Sequence[Petitioner]) -> Report:
        return review_opinion(petition.reviews.filter(stage=stage).exclude(delivered_at=None).latest("pk"), people)

    return write


PAPERS: dict[str, tuple[str, Callable]] = {
    "register": ("登记表", register_sheet),
    "notice": ("告知书", told_notice),
    "extension": ("延期告知书", extension_notice),
    "answer": ("处理意见书", answer_letter),
    "review": ("复查意见书", _review(Review.Stage.REVIEW)),
    "final": ("复核意见书", _review(Review.Stage.FINAL)),
}


def papers_of(petition: Petition) -> list[tuple[str, str]]:
    """Keys and names of the papers that can be printed as the petition stands."""
    stages = set(petition.reviews.exclude(delivered_at=None).values_list("stage", flat=True))
    there = {
        "register": True,
        "notice": petition.told_at is not None,
        "extension": Extension.objects.filter(case=petition.case, approved=True).exists(),
        "answer": petition.answered_at is not None,
        "review": Review.Stage.REVIEW in stages,
        "final": Review.Stage.FINAL in stages,
    }
    return [(key, name) for key, (name, _write) in PAPERS.items() if there[key]]


def written(petition: Petition, key: str, people: Sequence[Petitioner]) -> Report | CaseSheet:
    with translation.override(CHINESE):
        return PAPERS[key][1](petition, people)


TITLES = {"talk": "信访监督谈话通知书", "inquiry": "信访监督函询书", "notice": "信访监督通知书",
          "proposal": "信访监督建议书"}  # fmt: skip


def supervision_paper(paper: SupervisionPaper) -> Report:
    """「信访监督文书」 With the reply, once there is one."""
    lines = ["一、有关情况", *paper.facts.splitlines(), "二、要求", *paper.demand.splitlines()]
    if paper.served_on:
        lines.append(f"请于送达之日起{paper.days}个工作日内书面回复。")
    if paper.reply:
        lines += ["三、单位回复", *paper.reply.splitlines()]
    if paper.effect:
        lines += ["四、核查效果", *paper.effect.splitlines()]
    unit = paper.case.unit
    return Report(
        TITLES[paper.kind], "", f"{paper.case.number}", [f"{unit.name if unit else ''}：", *lines], [],
        paper.served_on or today(),
    )  # fmt: skip


def colours_report(rows, year: int) -> Report:
    """「信访形势分析」 Figures of townships in a year."""
    table = [
        [
            r.township.name, str(r.new), str(r.before), "" if r.change is None else f"{r.change:+.0%}", str(r.stock),
            str(r.repeats), str(r.skips), str(r.groups), str(r.overdue),
        ]
        for r in rows
    ]  # fmt: skip
    headings = ("乡镇", "本年新增", "上年同期", "同比", "未化解存量", "重复", "越级走访", "五人以上", "超期")
    return Report(
        f"{year}年信访形势统计", "", f"截至{today():%Y-%m-%d}；计的是信访事项，不计人。", [],
        [Table("各乡镇", headings, table)], today(),
    )  # fmt: skip
