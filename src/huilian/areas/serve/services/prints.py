"""The papers an application leaves on: their words are Chinese in every language, as on every official paper."""

from dataclasses import dataclass, field

from huilian.engine.documents.forms import Report, Table
from huilian.engine.look.text import long_day
from huilian.foundation.masking import mask_name
from huilian.foundation.now import moment, today

from .models import Application, PaperNotice, SupervisionCard
from .queries.catalogue import days_of, promise_of
from .queries.figures import Figures


@dataclass(frozen=True)
class Print:
    """One paper: a title, whom it is for, sentences, rows of a table, who signs."""

    title: str
    number: str
    to: str
    paragraphs: list[str]
    rows: list[tuple[str, str]] = field(default_factory=list)
    headings: tuple[str, str] = ("", "")
    signs: tuple[str, ...] = ("经办人", "申请人", "日期")
    sender: str = ""

    @property
    def head(self) -> str:
        return f"编号：{self.number}"

    @property
    def addressee(self) -> str:
        return f"{self.to}：" if self.to else ""

    @property
    def sealed_by(self) -> str:
        return f"{self.sender}（盖章）" if self.sender else ""

    @property
    def lines(self) -> list[str]:
        """Places to sign."""
        return [f"{who}：" for who in self.signs]


def card_of(card: SupervisionCard) -> Print:
    """「监督卡」 Who serves here, that nothing is charged, and where to say how it went."""
    said = ["代办不收费。办得好不好、有没有刁难收费，扫码评价或者反映。"]
    phone = [f"电话：{card.point.phone}"] if card.point.phone else []
    return Print("便民服务监督卡", card.code, "", [card.point.name, card.person.name, *said, *phone], signs=())


def report_of(whole: Figures, rows: list[Figures], sender: str, span: str) -> Report:
    """「定期汇报」 The figures of a span, drafted from the rows themselves (S3-58)."""

    def rate(found) -> str:
        return f"{found.percent}%（{found.part}/{found.whole}）" if found.whole else "–"

    headings = ("服务事项", "收到", "办结", "咨询", "一次性办结率", "零跑腿", "按时办结率")
    lines = [
        (f.name, str(f.accepted), str(f.closed), str(f.inquiries), rate(f.once), rate(f.none), rate(f.on_time))
        for f in rows
    ]
    saved = f"，比法定时限共压缩{whole.saved}个工作日（{whole.saved_over}件）" if whole.saved_over else ""
    return Report(
        title="便民服务工作情况汇报",
        sender=sender,
        note=span,
        paragraphs=[
            f"共收到申请{whole.accepted}件，办结{whole.closed}件，接受咨询{whole.inquiries}次。",
            f"一次性办结率{rate(whole.once)}，最多跑一次占{rate(whole.few)}，按时办结率{rate(whole.on_time)}{saved}。",
        ],
        tables=[Table("分事项情况", headings, lines)],
        made_on=today(),
    )


TITLES = {
    "record": "代办事项登记表",
    "acceptance": "受理通知书",
    "missing": "一次性告知书",
    "promise": "服务承诺单",
    "letter": "代办委托书",
    "refusal": "不予受理通知书",
    "result": "办结通知书",
}


def offered(application: Application) -> list[tuple[str, str]]:
    """(key, title) of the papers that can be printed as things stand."""
    found = ["record"]
    if application.notices.exists():
        found.append("missing")
    if application.accepted_at:
        found.append("acceptance")
        if application.promise_reason:
            found.append("promise")
    if application.agent_id:
        found.append("letter")
    if application.case.state == "refused":
        found.append("refusal")
    if application.told:
        found.append("result")
    return [(key, TITLES[key]) for key in found]


def paper_of(application: Application, key: str) -> Print | None:
    """The paper `key`, or None when things do not stand so."""
    if key not in dict(offered(application)):
        return None
    return _MAKERS[key](application)


def _base(application: Application, key: str, paragraphs: list[str], **more) -> Print:
    return Print(
        title=TITLES[key],
        number=more.pop("number", application.case.number),
        to=more.pop("to", application.applicant_name),
        paragraphs=paragraphs,
        sender=more.pop("sender", application.point.name),
        **more,
    )


def _record(application: Application) -> Print:
    case = application.case
    rows = [
        ("申请人", mask_name(application.applicant_name)),
        ("事项", application.item.name),
        ("来源", Application.Channel(application.channel).label),
        ("收到时间", f"{moment(case.received_at):%Y-%m-%d %H:%M}"),
        ("受理地点", application.point.name),
        ("办理方式", application.get_mode_display()),
        ("代办人", application.agent.name if application.agent else ""),
        ("承诺日期", long_day(application.promised_on) if application.promised_on else ""),
        *((leg.unit.name, f"{leg.days}个工作日  {leg.opinion}") for leg in application.legs.select_related("unit")),
        ("结果", application.result_text if application.told else ""),
    ]
    return _base(application, "record", [], to="", rows=rows, headings=("项目", "内容"))


def _acceptance(application: Application) -> Print:
    days = promise_of(application.item, application.point)
    return _base(
        application,
        "acceptance",
        [
            f"你申请的“{application.item.name}”材料齐全，已于{long_day(moment(application.accepted_at).date())}受理。",
            f"承诺在{long_day(application.promised_on)}前办结（{days}个工作日）。办理不收取任何费用。",
            "凭本编号和查询码可以随时查询办理进度。",
        ],
    )


def _missing(application: Application) -> Print:
    notice: PaperNotice = application.notices.order_by("-pk").first()
    rows = [(row["zh"], row["note"] or "未提交") for row in notice.missing]
    reason = [f"本次为新情况补充告知：{notice.new_fact}"] if notice.new_fact else []
    return _base(
        application,
        "missing",
        [
            f"你申请的“{application.item.name}”还缺少下列材料，现一次性全部告知。补齐后即予受理。",
            *reason,
            "依据：《中华人民共和国行政许可法》第三十二条。",
        ],
        rows=rows,
        headings=("材料", "需要补正的内容"),
        number=notice.number,
    )


def _promise(application: Application) -> Print:
    days = days_of(application.item)
    return _base(
        application,
        "promise",
        [f"你申请的“{application.item.name}”不能当场办结，现作如下承诺。"],
        rows=[
            ("理由", application.promise_reason),
            ("条件", application.promise_conditions or "无"),
            ("承诺日期", long_day(application.promised_on)),
            ("各级时限", f"村{days[5]}个、镇{days[4]}个、县{days[3]}个工作日"),
            ("收费", "不收费"),
        ],
        headings=("项目", "内容"),
    )


def _letter(application: Application) -> Print:
    return _base(
        application,
        "letter",
        [
            f"本人委托{application.point.name}代办员{application.agent.name}办理“{application.item.name}”，"
            "代为提交材料、领取文书并送达结果。",
            "委托期限自签字之日起至办结之日止。代办不收取任何费用。",
        ],
        to=application.point.name,
        signs=("委托人", "代办员", "日期"),
        sender="",
    )


def _refusal(application: Application) -> Print:
    from huilian.engine.trail.queries import history_of

    event = history_of(application.case).filter(verb="service.refuse").last()
    return _base(
        application,
        "refusal",
        [
            f"你申请的“{application.item.name}”不予受理。理由：{event.data.get('note', '') if event else ''}",
            "如有异议，可以依法申请行政复议或者提起行政诉讼，也可以拨打监督电话反映。",
        ],
    )


def _result(application: Application) -> Print:
    denied = application.result == Application.Result.DENIED
    more = ["如有异议，可以依法申请行政复议或者提起行政诉讼。"] if denied else []
    told = application.feedbacks.filter(reached=True).last()
    rows = [("送达方式", told.get_way_display()), ("送达凭据", told.proof)] if told else []
    return _base(
        application,
        "result",
        [
            f"你申请的“{application.item.name}”已经办结。结果：{application.result_text}",
            *more,
            "请对本次服务作出评价。",
        ],
        rows=rows,
        headings=("送达", "") if rows else ("", ""),
        signs=("经办人", "签收人", "日期"),
    )


_MAKERS = {
    "record": _record,
    "acceptance": _acceptance,
    "missing": _missing,
    "promise": _promise,
    "letter": _letter,
    "refusal": _refusal,
    "result": _result,
}
