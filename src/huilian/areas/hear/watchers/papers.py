"""Papers of the network: always Chinese, like the forms they are."""

from collections.abc import Callable

from django.utils import translation

from huilian.engine.documents.forms import Envelope, Envelopes, Slip, Slips, Table
from huilian.engine.documents.forms import Report as Paper
from huilian.foundation.now import moment, today

from .models import Body, Card, Mailing, ManualEntry, Seat, Topic
from .queries.reach import serving, visible_reports

CHINESE = "zh-hans"
ROSTER = ("姓名", "分工", "证号", "聘期", "电话")
COMPLAINTS = ("编号", "反映人", "来源", "类别", "事项", "收到", "答复期限", "结果", "反馈")
MEETINGS = ("日期", "到会", "记录", "反映事项")
ANSWERS = ("满意", "一般", "不满意")


def certificate_of(seats: list[Seat], address: Callable[[Seat], str]) -> Slips:
    """「工作证」 Name, body, number, term, and a code that leads to the page where anybody checks it."""
    body = seats[0].body
    slips = [
        Slip(
            f"{body.kind.name}工作证", seat.certificate, address(seat),
            facts=(
                ("姓名", str(seat)), ("所在组织", body.name), ("业务指导", body.business.name),
                ("聘期", f"{seat.starts_on:%Y-%m-%d}至{seat.ends_on:%Y-%m-%d}"), ("编号", seat.certificate),
            ),
            foot="扫码可查本证真伪和是否在聘期内。聘期届满或被收回的，本证作废。发证单位（盖章）：",
        )
        for seat in seats
    ]  # fmt: skip
    return Slips(f"{body.kind.name}工作证", body.business.name, slips)


def cards_of(mailing: Mailing, address: Callable[[Card], str]) -> Slips:
    """「情况反馈表」 The letter, then one card each with its serial number and code. Signing is up to the writer."""
    questions = [str(label) for _key, label in _focuses()]
    slips = [
        Slip(
            "“千人联系点”情况反馈表", f"编号 {card}", address(card), questions=questions, answers=ANSWERS, lines=4,
            foot="编号不对应任何人。可不署名；愿意署名的请写：＿＿＿＿＿＿　也可扫码在手机上填写。",
        )
        for card in mailing.slips.all()
    ]  # fmt: skip
    return Slips(mailing.title, mailing.body.business.name, slips, mailing.letter.split("\n"))


def letters_to(mailing: Mailing) -> Envelopes:
    """Envelopes to those drawn, in the order of their addresses: not that of the draw, so that no stack tells whose
    is which card."""
    drawn = Seat.objects.filter(pk__in=mailing.receivers).order_by("address", "name")
    back = {"from_address": mailing.body.office, "from_name": mailing.body.business.name}
    made = [Envelope(s.address, f"{s.name} 收", **back) for s in drawn]
    return Envelopes(f"{mailing.title}信封", mailing.body.business.name, made)


def replies_of(mailing: Mailing) -> Envelopes:
    """「带邮资专用信封」 One for each card: the office's address, the card's serial as a code, and nobody's name."""
    office = (mailing.body.office, f"{mailing.body.business.name} 收")
    made = [
        Envelope(*office, postage="邮资已付戳记", code=str(card), number=f"编号 {card}\n编号不对应任何人")
        for card in mailing.slips.all()
    ]
    return Envelopes(f"{mailing.title}回信信封", mailing.body.business.name, made)


def _focuses():
    with translation.override(CHINESE):
        return [(key, str(label)) for key, label in Topic.Focus.choices]


def roster_of(body: Body) -> Paper:
    """「监督员名册」"""
    rows = [
        [s.name, s.duty, s.certificate, f"{s.starts_on:%Y-%m-%d}至{s.ends_on:%Y-%m-%d}", s.phone]
        for s in body.seats.filter(serving())
    ]
    return _paper(body, "监督员名册", ROSTER, rows)


def complaints_of(body: Body, reports) -> Paper:
    """「投诉备案登记表」 Sealed reports stand there by their number alone, without a word of what they say."""
    with translation.override(CHINESE):
        rows = [
            [
                r.number, "监督员" if r.seat_id else "群众", r.get_route_display(),
                "重大" if r.is_important else "一般", "（封存）" if r.is_secret else r.words,
                f"{moment(r.received_at):%Y-%m-%d}", f"{r.clock.due_on:%Y-%m-%d}", r.passed_to or r.answer,
                f"{r.answered_on:%Y-%m-%d}" if r.answered_on else "",
            ]
            for r in reports.filter(body=body).order_by("pk")
        ]  # fmt: skip
        return _paper(body, "投诉备案登记表", COMPLAINTS, rows)


def meetings_of(body: Body) -> Paper:
    """「月会记录」"""
    rows = [
        [f"{m.held_on:%Y-%m-%d}", str(m.present), m.minutes, "、".join(r.number for r in m.raised.all())]
        for m in body.meetings.prefetch_related("raised").order_by("held_on")
    ]
    return _paper(body, "月会记录", MEETINGS, rows)


def manual() -> Paper:
    """「工作手册」 What members of a station may see, ask and attend, their forms, what they must not do."""
    with translation.override(CHINESE):
        rows = [[e.get_chapter_display(), e.name] for e in ManualEntry.objects.filter(is_active=True)]
    table = Table("工作手册", ("类别", "内容"), rows)
    return Paper("监察工作联络站工作手册", "", f"截至{today():%Y-%m-%d}", [], [table], today())


PRINTS: dict[str, Callable[[Mailing], Envelopes]] = {"letters": letters_to, "replies": replies_of}
BOOKS: dict[str, Callable[[Body, object], Paper]] = {
    "roster": lambda body, user: roster_of(body),
    "complaints": lambda body, user: complaints_of(body, visible_reports(user)),
    "meetings": lambda body, user: meetings_of(body),
}


def _paper(body: Body, title: str, headings, rows) -> Paper:
    return Paper(
        f"{body.name}{title}", body.unit.name, f"截至{today():%Y-%m-%d}", [f"共{len(rows)}条。"],
        [Table(title, headings, rows)], today(),
    )  # fmt: skip
