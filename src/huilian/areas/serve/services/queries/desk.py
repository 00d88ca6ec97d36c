"""Lists of the desk, narrowed by who asks."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huilian.engine.access.queries import scope
from huilian.engine.directory.models import Place
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.queries import cases_visible_to
from huilian.foundation.now import today

from ..models import (
    Application,
    DiaryEntry,
    Inquiry,
    Item,
    Leg,
    Point,
    PointItem,
    Posting,
    Rating,
    Shift,
    SignUp,
    Volunteer,
    Window,
)
from .catalogue import items_offered

RELATED = ("case__lamp", "case__unit", "case__procedure", "item", "point", "agent")


def points_visible_to(user, action: str = "service.see") -> QuerySet[Point]:
    """The points one serves in or answers for."""
    return scope(Point.objects.select_related("place", "unit", "parent"), user, action=action)


def own_points(user) -> list[Point]:
    return list(Point.objects.select_related("place", "unit").filter(unit__in=units_of(user)))


def applications_visible_to(user) -> QuerySet[Application]:
    """Applications whose case one may see: with one's unit, taken in by it, or helped by it."""
    return Application.objects.filter(case__in=cases_visible_to(user)).select_related(*RELATED)


def applications_of(user, which: str = "open") -> QuerySet[Application]:
    """One tab of the list: open, to be answered by one's unit as a helper, carried by oneself as agent, or over."""
    found = applications_visible_to(user)
    if which == "done":
        return found.exclude(case__state="open").order_by("-case__closed_at")
    found = found.filter(case__state="open").order_by("-case__colour", "case__due_on", "case_id")
    if which == "legs":
        waiting = Leg.objects.filter(
            kind=Leg.Kind.CO, unit__in=units_of(user), ended_at=None, application=OuterRef("pk")
        )
        return found.filter(Exists(waiting.exclude(started_at=None)))
    if which == "agent":
        return found.filter(agent__user=user.pk)
    return found


def application_for(user, number: str) -> Application | None:
    return applications_visible_to(user).filter(case__number=number).first()


def inquiries_of(user, *, is_open: bool = True) -> QuerySet[Inquiry]:
    found = scope(
        Inquiry.objects.select_related("point", "item", "receiver", "handed_to"),
        user,
        place="point__place",
        unit="point__unit",
        action="service.see",
    )
    return found.filter(settled_at=None).order_by("asked_at") if is_open else found.exclude(settled_at=None)


def diary_of(user) -> QuerySet[DiaryEntry]:
    """One's own entries; whoever answers for points reads theirs."""
    found = DiaryEntry.objects.select_related("person", "point")
    mine = Q(person__user=user.pk)
    read = scope(DiaryEntry.objects.all(), user, place="point__place", unit=None, action="service.oversee")
    return found.filter(mine | Q(pk__in=read.values("pk")))


def ratings_of(user, which: str = "open") -> QuerySet[Rating]:
    found = Rating.objects.filter(application__case__in=cases_visible_to(user)).select_related(
        "application__case", "application__item", "application__point", "clock"
    )
    if which == "open":
        return found.exclude(state__in=("good", "slip", "closed")).order_by("clock__due_at")
    return found.order_by("-rated_at")


@dataclass(frozen=True)
class Day:
    on: date
    in_month: bool
    shifts: tuple[Shift, ...]


def month_of(point: Point, year: int, month: int) -> list[list[Day]]:
    """The rota of a month, week by week from Monday."""
    weeks = Calendar().monthdatescalendar(year, month)
    shifts: dict[date, list[Shift]] = {}
    rows = Shift.objects.filter(point=point, on__gte=weeks[0][0], on__lte=weeks[-1][-1])
    for shift in rows.select_related("person", "stand_in"):
        shifts.setdefault(shift.on, []).append(shift)
    return [[Day(on, on.month == month, tuple(shifts.get(on, ()))) for on in week] for week in weeks]


def absences(points, since: date) -> QuerySet[Shift]:
    """Days on duty that are over without anybody having been there."""
    found = Shift.objects.filter(point__in=points, on__gte=since, on__lt=today(), signed_in_at=None)
    return found.select_related("person", "point", "stand_in").order_by("-on")


@dataclass(frozen=True)
class Node:
    """A point in its tree with what it offers."""

    point: Point
    depth: int
    items: int
    windows: int


def tree_of(user) -> list[Node]:
    """Points one sees, each under the one above it."""
    found = points_visible_to(user).annotate(
        offered=Count("offers", filter=Q(offers__may_accept=True, offers__item__is_active=True), distinct=True),
        counters=Count("windows", filter=Q(windows__is_active=True), distinct=True),
    )
    return [Node(p, p.level, p.offered, p.counters) for p in found.order_by("place__path", "name")]


@dataclass(frozen=True)
class Coverage:
    """「覆盖情况」 Places of a level with an open point, and those without."""

    level: int
    name: str
    whole: int
    covered: int
    without: tuple[Place, ...]


MOST_NAMED = 30


def coverage(user) -> list[Coverage]:
    """Every level of the places one answers for: how many have an open point."""
    found = []
    places = scope(Place.objects.filter(valid_to=None), user, place="pk", unit=None, action="service.see")
    for level, name in Place.Level.choices:
        here = places.filter(level=level)
        whole = here.count()
        if not whole:
            continue
        bare = here.exclude(Exists(Point.objects.filter(place=OuterRef("pk"), is_active=True)))
        without = bare.count()
        found.append(Coverage(level, str(name), whole, whole - without, tuple(bare.order_by("path")[:MOST_NAMED])))
    return found


def outside_the_hall() -> QuerySet[Item]:
    """「应进必进」 Items that are not in the hall, with the reason each has to have (S3-63)."""
    return Item.objects.filter(is_active=True, in_hall=False)


def windowless(point: Point) -> list[str]:
    """Departments that decide items of the hall and keep no window in it."""
    kept = Window.objects.filter(point=point, is_active=True).exclude(department=None)
    names = set(kept.values_list("department__name", flat=True))
    wanted = items_offered().filter(in_hall=True, decided_at__lte=Place.Level.COUNTY).exclude(department="")
    return sorted(
        {name for name in wanted.values_list("department", flat=True) if not any(n.endswith(name) for n in names)}
    )


def offers_of(user) -> QuerySet[PointItem]:
    found = PointItem.objects.select_related("point__place", "item")
    return scope(found, user, place="point__place", unit="point__unit", action="service.see")


def postings_of(user) -> QuerySet[Posting]:
    found = Posting.objects.select_related("point").annotate(taken=Count("sign_ups")).order_by("-opens_on", "-pk")
    return scope(found, user, place="point__place", unit="point__unit", action="service.see")


def sign_ups_of(user) -> QuerySet[SignUp]:
    found = SignUp.objects.select_related("posting__point")
    return scope(found, user, place="posting__point__place", unit="posting__point__unit", action="service.see")


def volunteers_of(user) -> QuerySet[Volunteer]:
    found = Volunteer.objects.select_related("point")
    return scope(found, user, place="point__place", unit="point__unit", action="service.see")


def windows_of(user) -> QuerySet[Window]:
    found = Window.objects.select_related("point", "department")
    return scope(found, user, place="point__place", unit="point__unit", action="service.see")


def waiting_at(point: Point) -> int:
    """People with a number who have not been called yet today."""
    return point.tickets.filter(on=today(), called_at=None).count()


def home_point(user) -> Point | None:
    """The point one serves in, if any."""
    return next(iter(own_points(user)), None)


def same_place(point: Point) -> QuerySet[Place]:
    """Villages a point serves, for the applicant's address."""
    inside = Place.objects.filter(valid_to=None, path__gte=point.place.path, path__lte=point.place.highest_path)
    return inside.order_by("path")
