"""What everybody may read of the hotline: ways in, grounds, figures with their formula, what came of the media."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Place, Unit
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case, Procedure
from huilian.engine.procedures.queries import current_procedure
from huilian.foundation.errors import Invalid
from huilian.foundation.now import CHINA, now, today

from .. import rules
from ..models import CallBack, Channel, Matter, MediaItem, Order, Promise, RefusalGround

KIND = "hotline"
CHARGES = "纪检监察"  # the topic of the catalogue that only ever leads elsewhere


def way_in(key: str) -> Channel:
    """The channel `key`, when it is in use. Raises Invalid."""
    channel = Channel.objects.filter(key=key, is_active=True).first()
    if channel is None:
        raise Invalid(_("Nothing can be taken in here at the moment. Please call the hotline."))
    return channel


def telephones() -> list[Channel]:
    """The numbers a citizen may call, in the county's order."""
    return list(Channel.objects.filter(kind=Channel.Kind.PHONE, is_active=True).exclude(number=""))


def topics() -> list[str]:
    """What a citizen may choose from: the first level of the dispatch catalogue, without charges against officials."""
    found = Matter.objects.filter(is_active=True).exclude(topic=CHARGES).order_by("code")
    return list(dict.fromkeys(found.values_list("topic", flat=True)))


def grounds() -> list[RefusalGround]:
    """The lawful grounds on which a matter is not accepted, each with where to go instead."""
    return list(RefusalGround.objects.filter(is_active=True))


def county() -> Place | None:
    """The place the hotline works for: that of its centre, else the only county there is."""
    centre = Unit.objects.filter(kind="hotline_centre").select_related("place").order_by("place__level", "pk").first()
    if centre and centre.place:
        return centre.place
    counties = list(Place.objects.filter(level=Place.Level.COUNTY)[:2])
    return counties[0] if len(counties) == 1 else None


@dataclass(frozen=True)
class TimeLimit:
    """One class of matters and by when it would be answered if received on a given day."""

    name: str
    length: int
    due_on: date
    provisional: bool


def time_limits(received: date | None = None) -> list[TimeLimit]:
    """The classes of the procedure in force with their due dates, counted in working days after `received`."""
    try:
        procedure: Procedure = current_procedure(KIND)
    except Invalid:
        return []
    calendar, start = calendar_for(), received or today()
    found = []
    for case_class in procedure.definition.classes:
        due = calendar.add(start, case_class.limit.length)
        found.append(TimeLimit(say(case_class.name), case_class.limit.length, due, calendar.provisional(due)))
    return found


def last_month(day: date | None = None) -> date:
    """The first day of the month before `day`."""
    return ((day or today()).replace(day=1) - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True)
class Figures:
    """A month of the hotline in plain numbers. A rate is None when there is nothing to count it from."""

    month: date
    received: int
    answered: int  # matters with a time limit whose answer was delivered within the month
    on_time: int  # of these
    overdue: int  # past their limit and still without an answer when the month ended
    asked: int  # citizens who gave a grade when called back
    satisfied: int  # of these, grades 3 to 5

    @property
    def on_time_rate(self) -> float | None:
        """Answered on time ÷ (answered + overdue without an answer), so that leaving a matter lie does not help."""
        whole = self.answered + self.overdue
        return self.on_time / whole if whole else None

    @property
    def satisfaction_rate(self) -> float | None:
        return self.satisfied / self.asked if self.asked else None

    @property
    def is_empty(self) -> bool:
        return not (self.received or self.answered or self.overdue or self.asked)


def month_figures(month: date) -> Figures:
    """The figures of the month that begins on `month`. Refused and merged matters have no answer of their own."""
    since = datetime(month.year, month.month, 1, tzinfo=CHINA)
    until = min((since + timedelta(days=32)).replace(day=1), now())
    own = Order.objects.filter(refusal_ground=None, merged_into=None, case__clock__isnull=False)
    answered = own.filter(answered_at__gte=since, answered_at__lt=until, case__clock__stopped_at__isnull=False)
    counted = answered.aggregate(
        n=Count("id"), on_time=Count("id", filter=Q(case__clock__stopped_at__lte=F("case__clock__due_at")))
    )
    late = Q(case__clock__stopped_at=None) | Q(case__clock__stopped_at__gte=until)
    overdue = own.filter(late, case__clock__due_at__lt=until, case__received_at__lt=until).exclude(
        case__clock__state="paused"
    )
    calls = CallBack.objects.filter(reached=True, satisfaction__isnull=False, at__gte=since, at__lt=until)
    said = calls.aggregate(n=Count("id"), good=Count("id", filter=Q(satisfaction__gte=rules.GOOD)))
    return Figures(
        month=month,
        received=Case.objects.filter(kind=KIND, received_at__gte=since, received_at__lt=until).count(),
        answered=counted["n"],
        on_time=counted["on_time"],
        overdue=overdue.count(),
        asked=said["n"],
        satisfied=said["good"],
    )


@dataclass(frozen=True)
class Outcome:
    """「媒体监督」 A published outcome: what the media found and what was put right."""

    title: str
    medium: str
    unit: str
    found: str
    outcome: str
    published_at: datetime


def media_outcomes(limit: int = 3) -> list[Outcome]:
    """The latest published outcomes of media supervision; nothing that is not published."""
    items = MediaItem.objects.filter(stage=MediaItem.Stage.PUBLISHED).select_related("channel", "unit")
    return [
        Outcome(i.title, str(i.channel), i.unit.name, i.found, i.outcome, i.published_at)
        for i in items.order_by("-published_at")[:limit]
    ]


@dataclass(frozen=True)
class PublicPromise:
    """「直播承诺」 A promise made on air, kept or not: both are shown."""

    text: str
    unit: str
    programme: str
    due_on: date
    kept_at: datetime | None
    proof: str
    level: str


def promises(limit: int = 3) -> list[PublicPromise]:
    """The latest promises made on air, with their due dates and whether they were kept."""
    rows = Promise.objects.select_related("unit", "programme", "clock").order_by("-programme__airs_at", "-id")[:limit]
    return [
        PublicPromise(
            p.text, p.unit.name, p.programme.title, p.clock.due_on, p.kept_at, p.proof if p.kept_at else "", _level(p)
        )
        for p in rows
    ]


def _level(promise: Promise) -> str:
    if promise.kept_at is not None:
        return "done"
    return "red" if promise.clock.due_at < now() else "ok"
