"""One matter as its citizen sees it: no name or number of staff, nothing of other citizens."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from huilian.engine.clocks.queries import ExplainedDay, Face, clock_face, explain
from huilian.engine.look.text import moment as written
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case, CaseStep, State, Supervision
from huilian.foundation.now import moment, now

from .. import rules
from ..models import Order, RefusalGround, Satisfaction, Solved

PATH = ("raised", "sorting", "assigned", "working", "reporting", "checking", "calling", "closed")
BESIDE = {"review": 2, "objection": 3}  # steps that most matters never see, and where they stand in the path
ENDS = {"refused": ("raised", "sorting", "review", "refused"), "merged": ("raised", "sorting", "merged")}

sounds_like_a_charge = rules.sounds_like_a_charge


def code_digest(code: str) -> str:
    """What is kept of a follow-up code: enough to recognise it, never enough to read it back."""
    return salted_hmac("hotline.code", "".join(code.split()).upper().replace("-", "")).hexdigest()


def order_followed(number: str, code: str | None = None) -> Order | None:
    """The matter with this number, when the code belongs to it. Without `code` the caller has checked it before.

    A number that does not exist and a wrong code cannot be told apart, nor by the time the answer takes.
    """
    order = (
        Order.objects.select_related("case__procedure", "case__clock", "case__unit", "case__place", "channel")
        .filter(case__number=number.strip().upper())
        .exclude(code_digest="")
        .first()
    )
    if code is None:
        return order
    fits = constant_time_compare(code_digest(code), order.code_digest if order else "")
    return order if fits else None


@dataclass(frozen=True)
class Stage:
    """One step of the way in plain words; `state` is done, now or todo."""

    name: str
    sub: str
    state: str


@dataclass(frozen=True)
class Ground:
    """Why a matter was not accepted, and where to go instead."""

    name: str
    source: str
    guidance: str


@dataclass(frozen=True)
class MoreTime:
    """An approved extension and its reason."""

    length: int
    reason: str
    decided_at: datetime


@dataclass(frozen=True)
class Hurried:
    """One act of supervision over the unit."""

    level: str
    issued_at: datetime
    replied_at: datetime | None


@dataclass(frozen=True)
class CitizenView:
    """「我的诉求」 Everything the citizen of a matter may know about it."""

    number: str
    title: str
    text: str
    place: str
    channel: str
    received_at: datetime
    anonymous: bool
    standing: str
    stages: tuple[Stage, ...]
    unit: str
    clock: Face | None
    clock_is_whole: bool
    class_name: str
    days: tuple[ExplainedDay, ...]
    answer: str
    answered_at: datetime | None
    refusal: Ground | None
    extension: MoreTime | None
    supervisions: tuple[Hurried, ...]
    remarks: tuple[tuple[datetime, str], ...]
    solved: str
    grade: str
    rated_at: datetime | None
    closed_at: datetime | None
    closing: str
    may_rate: bool
    may_reopen: bool
    reopen_until: datetime | None
    first: "CitizenView | None" = None
    first_answered_at: datetime | None = None

    @property
    def is_merged(self) -> bool:
        return self.first is not None


def citizen_view(order: Order) -> CitizenView:
    """What the citizen of `order` sees. A merged matter carries the progress of the first one, never its words."""
    view = _view(order)
    if order.merged_into_id is None:
        return view
    first = Order.objects.select_related("case__procedure", "case__clock", "case__unit", "channel").get(
        pk=order.merged_into_id
    )
    return _with_first(view, _view(first))


def _with_first(view: CitizenView, first: CitizenView) -> CitizenView:
    # Words of the first citizen, of the answer to them, and their own acts stay theirs.
    blank = replace(
        first,
        number="",
        title="",
        text="",
        place="",
        answer="",
        remarks=(),
        solved="",
        grade="",
        rated_at=None,
        may_rate=False,
        may_reopen=False,
    )
    return replace(view, first=blank, first_answered_at=first.answered_at)


def _view(order: Order) -> CitizenView:
    case = order.case
    stays = list(CaseStep.objects.filter(case=case).select_related("unit", "clock").order_by("id"))
    whole = case.clock
    clock = whole or (stays[-1].clock if stays and case.is_open else None)
    answered = order.answered_at is not None and order.refusal_ground_id is None
    case_class = case.definition.case_class(case.class_key)
    until = case.closed_at + timedelta(days=rules.REOPEN_DAYS) if case.closed_at else None
    may_reopen = bool(case.state == State.CLOSED and case.unit_id and until and rules.may_reopen(case.closed_at, now()))
    return CitizenView(
        number=case.number,
        title=case.title,
        text=order.text,
        place=" ".join(filter(None, (case.place.name if case.place_id else "", order.where))),
        channel=str(order.channel),
        received_at=case.received_at,
        anonymous=order.is_anonymous,
        standing=_standing(order),
        stages=_stages(case, stays),
        unit=case.unit.name if case.unit_id else "",
        clock=clock_face(clock) if clock else None,
        clock_is_whole=whole is not None,
        class_name=say(case_class.name) if case_class and whole else "",
        days=tuple(explain(clock)) if clock else (),
        answer=order.answer if answered else "",
        answered_at=order.answered_at if answered else None,
        refusal=_ground(order.refusal_ground) if case.state == State.REFUSED and order.refusal_ground_id else None,
        extension=_extension(case),
        supervisions=_supervisions(case),
        remarks=tuple(order.contacts.filter(by=None).values_list("at", "note")),
        solved=str(Solved(order.solved).label) if order.solved else "",
        grade=str(Satisfaction(order.satisfaction).label) if order.satisfaction else "",
        rated_at=order.rated_at,
        closed_at=case.closed_at,
        closing=_closing(case),
        may_rate=answered and order.rated_at is None and order.merged_into_id is None,
        may_reopen=may_reopen,
        reopen_until=until if may_reopen else None,
    )


def _stages(case: Case, stays: list[CaseStep]) -> tuple[Stage, ...]:
    """The way of the case: what is behind it, where it is, and what still comes if nothing unusual happens."""
    last = {stay.step: stay for stay in stays}
    if case.step in ENDS:
        path = [key for key in ENDS[case.step] if key in last]
    else:
        path = list(PATH)
        if case.step in BESIDE:
            path.insert(BESIDE[case.step], case.step)
        path = [key for key in path if key in last or path.index(key) > path.index(case.step)]
    here, found, names = path.index(case.step), [], _names()
    for i, key in enumerate(path):
        state = "now" if i == here and case.is_open else "done" if i <= here else "todo"
        found.append(Stage(names.get(key, key), _sub(last.get(key), state), state))
    return tuple(found)


def _sub(stay: CaseStep | None, state: str) -> str:
    if stay is None or state == "todo":
        return ""
    at = written(moment(stay.entered_at if state == "now" or stay.left_at is None else stay.left_at))
    return f"{at} · {stay.unit.name}" if stay.unit_id else at


def _names() -> dict[str, str]:
    """The steps as a citizen would call them."""
    return {
        "raised": _("Sent in"),
        "sorting": _("Accepted, to be given to a unit"),
        "review": _("A second person reads it"),
        "assigned": _("Given to a unit"),
        "objection": _("Whose matter it is is decided"),
        "working": _("Being looked into"),
        "reporting": _("Answered"),
        "checking": _("The hotline checks the result"),
        "calling": _("The hotline calls you back"),
        "closed": _("Closed"),
        "refused": _("Not accepted"),
        "merged": _("Joined to an earlier matter"),
    }


def _standing(order: Order) -> str:
    """Where the matter stands, in one or two sentences."""
    case = order.case
    unit = {"unit": case.unit.name if case.unit_id else _("the unit")}
    if case.step == "closed":
        return _closing(case)
    return {
        "raised": lambda: _("We have it. The hotline reads it within one working day and then accepts it."),
        "sorting": lambda: _("It is accepted. The hotline now decides which unit has to answer."),
        "review": lambda: _(
            "Somebody thinks that the hotline may not take this in. A second person now checks whether the law really "
            "says so."
        ),
        "assigned": lambda: _("It has been given to %(unit)s, which must sign for it within one working day.") % unit,
        "objection": lambda: (
            _(
                "%(unit)s says that the matter is not its own. The hotline rules on that within four working hours; "
                "your time goes on meanwhile."
            )
            % unit
        ),
        "working": lambda: _("%(unit)s is looking into it and will get in touch with you.") % unit,
        "reporting": lambda: _("%(unit)s has answered you and now reports to the hotline.") % unit,
        "checking": lambda: _("You have an answer. The hotline checks whether the matter was really dealt with."),
        "calling": lambda: _(
            "You have an answer. Somebody who did not handle it calls you to ask whether it is solved. You can also "
            "rate it here."
        ),
        "refused": lambda: _("The hotline may not take this in. Below you read why, and where to go."),
        "merged": lambda: _(
            "Somebody raised the same matter before you. Both are handled together; you see here how the first one "
            "goes on."
        ),
    }.get(case.step, lambda: say(case.definition.step(case.step).name))()


def _closing(case: Case) -> str:
    if case.state != State.CLOSED:
        return ""
    return {
        "explained": _("It is closed: what you wished for is not granted by law, as was explained to you."),
        "unreached": _(
            "It is closed because nobody could be reached on three different days. That counts neither as satisfied "
            "nor as dissatisfied."
        ),
    }.get(case.outcome, _("It is closed after you were asked how it went."))


def _ground(ground: RefusalGround) -> Ground:
    return Ground(
        str(ground),
        " ".join(filter(None, (f"《{ground.law}》", ground.version, ground.article))),
        say({"zh": ground.guidance, "en": ground.guidance_en}),
    )


def _extension(case: Case) -> MoreTime | None:
    found = case.extensions.filter(approved=True, round=case.round).first()
    return MoreTime(found.length, found.reason, found.decided_at) if found else None


def _supervisions(case: Case) -> tuple[Hurried, ...]:
    return tuple(
        Hurried(str(Supervision.Level(s.level).label), s.issued_at, s.replied_at)
        for s in case.supervisions.order_by("id")
    )
