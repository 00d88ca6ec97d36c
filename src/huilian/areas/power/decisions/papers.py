"""Papers of meetings and the record books: always Chinese, like the books they take the place of."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Place
from huilian.engine.documents.forms import Form, Report, SigningSheet, Table
from huilian.foundation.money import text as money
from huilian.foundation.now import moment, today

from .codes import written
from .models import AgendaItem, Meeting, Motion, Seat
from .queries.public import step_name
from .queries.roll import seats_on

CHINESE = "zh-hans"
NAMES = {
    "notice": ("会议通知", _("Notice of the meeting")),
    "sheet": ("签到表", _("Signing sheet")),
    "ballot": ("表决票", _("Ballot")),
    "minutes": ("会议记录", _("Minutes to be signed")),
}
ROWS = 24  # names on a page of the signing sheet
BOOKS = {  # the name under which a body's meetings are bound
    "committees": "村“两委”联席会议记录簿",
    "assembly": "村民会议记录簿",
    "households": "村民会议（户代表）记录簿",
    "reps": "村民代表会议记录簿",
}


def of_meeting(meeting: Meeting, what: str, address: str) -> Form:
    """One of the papers in `NAMES`; `address` is the meeting's own, which the codes say."""
    with translation.override(CHINESE):
        items = list(
            meeting.items.select_related("motion__matter").prefetch_related(
                "opinions__attendance__seat", "backs__attendance__seat"
            )
        )
        if what == "sheet":
            return _sheet(meeting, address)
        if what == "notice":
            rows = [[str(i.ordinal), i.motion.title, i.motion.text] for i in items]
            table = Table("议程", ("序号", "议题", "内容"), rows)
            return _report(meeting, f"{meeting.body}会议通知", ["请按时到会。议程以外的事项不表决。"], [table])
        if what == "ballot":
            rows = [[f"{i.ordinal} {i.motion.title}", "□", "□", "□"] for i in items]
            table = Table("表决", ("议题", "同意", "反对", "弃权"), rows)
            said = ["每项只在一格内画“√”；不画、多画的作弃权。"]
            return _report(meeting, f"{meeting.body}表决票", said, [table])
        return _minutes(meeting, items)


def _report(meeting: Meeting, title: str, paragraphs: list[str], tables: list[Table]) -> Report:
    when = moment(meeting.starts_at)
    return Report(
        title=title, sender=meeting.unit.name, paragraphs=paragraphs, tables=tables, made_on=today(),
        note=f"{meeting.number}　{when:%Y年%m月%d日 %H:%M}　{meeting.venue}",
    )  # fmt: skip


def _sheet(meeting: Meeting, address: str) -> SigningSheet:
    day = moment(meeting.starts_at).date()
    seats: list[Seat | None] = list(seats_on(meeting.place, meeting.body, day)) if meeting.body.is_rolled else []
    seats += [None] * (ROWS - len(seats) % ROWS if len(seats) % ROWS or not seats else 0)  # room for others
    pages = [seats[n : n + ROWS] for n in range(0, len(seats), ROWS)]
    rows = [
        [
            [str(ROWS * p + n), seat.name if seat else "", seat.group if seat else "", "", ""]
            for n, seat in enumerate(page, 1)
        ]
        for p, page in enumerate(pages)
    ]
    return SigningSheet(
        title=f"{meeting.body}签到表",
        sender=meeting.unit.name,
        note=f"{meeting.number}　{moment(meeting.starts_at):%Y年%m月%d日 %H:%M}　{meeting.venue}",
        headings=("序号", "姓名", "组别", "本人签名", "备注（委托）"),
        pages=[(written(address, n), page) for n, page in enumerate(rows, 1)],
        foot="须本人签名，不得代签；委托的写明受托人。会后拍照或扫描上传，系统按右上角的码归档。",
        made_on=today(),
    )


def _minutes(meeting: Meeting, items: list[AgendaItem]) -> Report:
    head = (
        f"应到{_or_blank(meeting.due)}人，实到{_or_blank(meeting.present)}人。主持人：{meeting.chair or '＿＿＿'}。"
        f"列席：{meeting.guests or '＿＿＿'}。记录人：{meeting.recorder or '＿＿＿'}。"
    )
    tables = []
    for item in items:
        said = [[o.attendance.seat.name, o.words] for o in item.opinions.all()]
        counted = "、".join(
            f"{name}{_or_blank(n)}" for name, n in (("同意", item.yes), ("反对", item.no), ("弃权", item.abstain))
        )
        if backs := "；".join(f"{b.attendance.seat.name}（{b.reason}）" for b in item.backs.all()):
            counted = f"回避、不参加讨论和表决、不计入人数：{backs}。{counted}"
        outcome = f"结果：{item.get_outcome_display()}" if item.outcome else "结果：＿＿＿"
        tables.append(
            Table(
                f"{item.ordinal}．{item.motion.title}",
                ("发言人", "意见"),
                said or [["", ""]],
                f"{counted}。{outcome}。",
            )
        )
    sign = "主持人签名：＿＿＿＿＿　记录人签名：＿＿＿＿＿　村务监督委员会签名：＿＿＿＿＿"
    return _report(meeting, f"{meeting.body}会议记录", [head, sign], tables)


def decisions_book(place: Place, motions: Iterable[Motion]) -> Report:
    """「议事决策记录本」 Every motion of a place with its votes, publications and results."""
    with translation.override(CHINESE):
        rows = []
        for motion in motions.prefetch_related("items__meeting__body", "announcements", "sign_offs", "executions"):
            votes = [i for i in motion.items.all() if i.yes is not None]
            hung = {a.kind: f"{a.published_on:%Y-%m-%d}至{a.until:%Y-%m-%d}" for a in motion.announcements.all()}
            signs = "；".join(s.words or "无异议" if s.agrees else f"异议：{s.words}" for s in motion.sign_offs.all())
            rows.append(
                [
                    f"{motion.number or motion.case.number} {motion.title}",
                    f"{motion.proposed_on:%Y-%m-%d}",
                    "；".join(
                        f"{i.meeting.body} {i.held_on:%Y-%m-%d} 应到{i.meeting.due} 实到{i.meeting.present} "
                        f"赞成{i.yes} 反对{i.no} 弃权{i.abstain} {i.get_outcome_display()}"
                        for i in votes
                    ),
                    f"{motion.decided_on:%Y-%m-%d}" if motion.decided_on else step_name(motion),
                    hung.get("decision", ""), hung.get("result", ""), signs,
                    "；".join(
                        f"{e.on:%Y-%m-%d} {e.what}{' ' + money(e.amount_cents) + '元' if e.amount_cents else ''}"
                        for e in motion.executions.all()
                    ),
                ]
            )  # fmt: skip
        headings = ("事项", "提议", "商议、审议、表决", "决议", "公告起止", "结果公开", "监督意见", "执行")
        return _book(place, "议事决策记录本", f"共{len(rows)}件。", Table("决议", headings, rows))


def meetings_book(place: Place, meetings: Iterable[Meeting]) -> Report:
    """The record book of one body's meetings."""
    with translation.override(CHINESE):
        rows, title = [], "会议记录簿"
        for m in meetings.prefetch_related("items__motion").order_by("starts_at"):
            title = BOOKS.get(m.body.key, f"{m.body}记录簿")
            rows.append(
                [
                    f"{m.number} {moment(m.starts_at):%Y-%m-%d %H:%M}", m.venue, m.chair, _or_blank(m.due),
                    _or_blank(m.present),
                    "；".join(f"{i.ordinal}．{i.motion.title}：{i.get_outcome_display()}" for i in m.items.all()),
                    "有" if m.minutes_id else "无",
                ]
            )  # fmt: skip
        headings = ("会议", "地点", "主持人", "应到", "实到", "议题与结果", "记录")
        return _book(place, title, f"共{len(rows)}次。", Table("会议", headings, rows))


def _book(place: Place, title: str, said: str, table: Table) -> Report:
    return Report(
        title=title,
        sender=place.name,
        note=f"截至{today():%Y年%m月%d日}",
        paragraphs=[said],
        tables=[table],
        made_on=today(),
    )


def _or_blank(n: int | None) -> str:
    return "＿＿" if n is None else str(n)
