"""What everybody may read: guides, points and who is there, postings, cards, and one's own application by its code."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from huilian.engine.clocks.queries import Face, clock_face
from huilian.engine.directory.models import Place
from huilian.engine.look.text import say
from huilian.engine.procedures.models import CaseStep
from huilian.foundation.masking import mask_name
from huilian.foundation.now import today

from ..models import (
    Application,
    Category,
    Draft,
    Item,
    Material,
    Norm,
    Paper,
    Point,
    Posting,
    Rating,
    Shift,
    Signature,
    SupervisionCard,
    Window,
)
from ..rules import lane, whole_days
from . import codes
from .catalogue import days_of, items_offered, points_near

__all__ = ["classes", "guide", "guides", "points_near"]

STEPS = ("consult", "receive", "sort", "cohandle", "report", "supervise", "feedback")


@dataclass(frozen=True)
class Guide:
    """「办事指南」 What to bring, how long it takes, where the result comes from; it costs nothing."""

    item: Item
    materials: tuple[Material, ...]
    days: dict[int, int]

    @property
    def department(self) -> str:
        return self.item.department

    @property
    def promises(self) -> list[tuple[str, int]]:
        """Working days to the result, by the level at which it is handed in: what it passes on the way is counted."""
        above = lane(self.item.decided_at)
        levels = [level for level in self.days if level >= above]
        return [(str(Place.Level(n).label), whole_days(self.days, n, self.item.decided_at)) for n in levels]


def classes() -> list[tuple[str, str, int]]:
    """The five classes with the number of items in each: (key, name, items)."""
    counts = dict(items_offered().order_by().values_list("category").annotate(n=Count("pk")))
    return [(key, str(label), counts.get(key, 0)) for key, label in Category.choices]


def guides(q: str = "", category: str = "") -> QuerySet[Item]:
    """Items by words and class."""
    return items_offered(q, category)


def guide(code: str) -> Guide | None:
    item = Item.objects.filter(is_active=True, code=code).first()
    return Guide(item, tuple(item.materials.select_related("form")), days_of(item)) if item else None


@dataclass(frozen=True)
class Stage:
    """One of the seven steps; `state` is done, now, skip or todo."""

    key: str
    name: str
    state: str
    at: datetime | None
    unit: str


@dataclass(frozen=True)
class HandOver:
    """One stay with a unit and its own clock."""

    unit: str
    kind: str
    clock: Face | None
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Status:
    """「办件进度」 Everything an applicant may know of an application; the applicant's name is masked."""

    application: Application
    number: str
    item: str
    applicant: str
    point: str
    point_phone: str
    step: str
    state: str
    stages: tuple[Stage, ...]
    clock: Face | None
    promised_on: date | None
    hand_overs: tuple[HandOver, ...]
    missing: tuple[Paper, ...]
    missing_told_at: datetime | None
    agent: str
    result: str
    result_text: str
    closed_at: datetime | None
    may_hand_in: bool
    may_rate: bool
    may_withdraw: bool
    rating: Rating | None


def application_by_code(number: str, code: str) -> Application | None:
    """The application, when the code belongs to it. A wrong number and a wrong code look alike."""
    found = _applications().filter(case__number=number.strip().upper()).first()
    return found if codes.fits(code, found.code_digest if found else "") else None


def application_numbered(number: str) -> Application | None:
    """The application whose code the caller has checked before."""
    return _applications().filter(case__number=number.strip().upper()).first()


def application_sent(request_key: str) -> Application | None:
    """What was sent with this key, and its code: whoever holds the key has sent it and lost the answer."""
    found = _applications().filter(request_key=request_key).first() if request_key else None
    if found:
        found.code = codes.new_code(request_key)
    return found


def status_by_code(number: str, code: str) -> Status | None:
    found = application_by_code(number, code)
    return status_of(found) if found else None


def status_of(application: Application) -> Status:
    """What the applicant sees."""
    case = application.case
    rating = getattr(application, "rating", None)
    notice = application.notices.order_by("-pk").first()
    awaited = case.step == "completing"
    legs = application.legs.select_related("unit", "clock")
    return Status(
        application=application,
        number=case.number,
        item=say(application.item.names),
        applicant=mask_name(application.applicant_name),
        point=application.point.name,
        point_phone=application.point.phone,
        step=case.step,
        state=case.state,
        stages=_stages(application),
        clock=clock_face(case.lamp) if case.lamp_id else None,
        promised_on=application.promised_on,
        hand_overs=tuple(
            HandOver(
                leg.unit.name, leg.get_kind_display(), leg.clock and clock_face(leg.clock), leg.started_at, leg.ended_at
            )
            for leg in legs
        ),
        missing=tuple(application.papers.filter(state__in=("missing", "wrong"), is_required=True)) if awaited else (),
        missing_told_at=notice.issued_at if notice and awaited else None,
        agent=application.agent.name if application.agent_id else "",
        result=application.get_result_display() if application.told else "",
        result_text=application.result_text if application.told else "",
        closed_at=case.closed_at,
        may_hand_in=awaited,
        may_rate=case.state == "closed" and rating is None,
        may_withdraw=case.definition.move("withdraw", case.step) is not None,
        rating=rating,
    )


def _applications() -> QuerySet[Application]:
    return Application.objects.select_related(
        "case__procedure", "case__clock", "case__lamp", "case__unit", "item", "point", "agent", "rating"
    )


def _stages(application: Application) -> tuple[Stage, ...]:
    """The seven steps; what was passed by without a stay is “skip” once something after it has happened."""
    case = application.case
    last = {stay.step: stay for stay in CaseStep.objects.filter(case=case).select_related("unit").order_by("id")}
    here = "receive" if case.step == "completing" else case.step
    reached = max((STEPS.index(key) for key in last if key in STEPS), default=0)
    found = []
    for index, key in enumerate(STEPS):
        stay = last.get(key)
        if key == here and case.is_open:
            state = "now"
        elif stay is not None:
            state = "done"
        else:
            state = "skip" if index < reached or not case.is_open else "todo"
        name = say(case.definition.step(key).name)
        unit = stay.unit.name if stay and stay.unit_id else ""
        found.append(Stage(key, name, state, stay and (stay.left_at or stay.entered_at), unit))
    return tuple(found)


@dataclass(frozen=True)
class PointPage:
    """「服务点」 What a point shows of itself: who is on duty today, who promised what, what can be done here."""

    point: Point
    on_duty: tuple[Shift, ...]
    windows: tuple[Window, ...]
    promises: tuple[Signature, ...]
    items: tuple[Item, ...]


def point_page(pk: int) -> PointPage | None:
    point = Point.objects.select_related("place", "unit").filter(pk=pk, is_active=True).first()
    if point is None:
        return None
    signed = Signature.objects.filter(point=point, norm__kind=Norm.Kind.PLEDGE, norm__is_current=True)
    return PointPage(
        point,
        tuple(point.shifts.filter(on=today()).select_related("person", "stand_in")),
        tuple(point.windows.filter(is_active=True).select_related("department")),
        tuple(signed.select_related("person")),
        tuple(Item.objects.filter(is_active=True, offers__point=point, offers__may_accept=True)),
    )


def postings(kind: str = "", point: Point | None = None) -> QuerySet[Posting]:
    """Postings that are open today, with the seats taken."""
    day = today()
    found = Posting.objects.filter(withdrawn_on=None, opens_on__lte=day).exclude(closes_on__lt=day)
    found = found.filter(kind=kind) if kind else found
    found = found.filter(point=point) if point else found
    return found.select_related("point").annotate(taken=Count("sign_ups"))


def card(code: str) -> SupervisionCard | None:
    """A supervision card in use, with whom it is about."""
    return (
        SupervisionCard.objects.select_related("person", "point__place")
        .filter(code=code.strip().upper(), withdrawn_on=None)
        .first()
    )


def draft_of(token: str) -> Draft | None:
    """What somebody has begun, by the token of their browser."""
    return (
        Draft.objects.select_related("item")
        .prefetch_related("files__attachment", "files__material")
        .filter(token_digest=codes.digest(token))
        .first()
        if token
        else None
    )
