"""Reads of the directory with a name. Places and units are public; people's numbers are masked where they are shown."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q, QuerySet

from huilian.foundation.now import today

from . import powers, rules
from .models import Appointment, Organisation, Person, Place, PlaceChange, Post, Unit


def standing(day: date | None = None) -> Q:
    """Places, units or posts that exist on `day`. Posts have no first day of their own."""
    day = day or today()
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def place_on(code: str, day: date | None = None) -> Place | None:
    """The place that had `code` on `day` (today if not given), under an earlier code as well; None if none had."""
    day, code = day or today(), rules.padded(code)
    found = Place.objects.filter(standing(day), code=code).order_by("level", "-valid_from").first()
    if found and not found.changes.filter(kind=PlaceChange.Kind.RECODED, after=code, on__gt=day).exists():
        return found
    earlier = (
        PlaceChange.objects.filter(kind=PlaceChange.Kind.RECODED, before=code, on__gt=day)
        .filter(Q(place__valid_from=None) | Q(place__valid_from__lte=day))
        .select_related("place")
        .order_by("on")
        .first()
    )
    return earlier.place if earlier else None


def name_on(place: Place, day: date) -> str:
    """What the place was called on `day`."""
    later = place.changes.filter(kind=PlaceChange.Kind.RENAMED, on__gt=day).order_by("on", "pk").first()
    return later.before if later else place.name


def heir_of(place: Place) -> Place:
    """The place that stands today where `place` stood: itself, or what it was merged into, however often."""
    while place.merged_into_id:
        place = place.merged_into
    return place


def chain_of(place: Place) -> list[Place]:
    """The places `place` lies in, highest first, itself last."""
    paths = [place.path[:width] for level, width in Place.WIDTH.items() if level <= place.level]
    return list(Place.objects.filter(path__in=paths).order_by("level"))


def full_name(place: Place, above: Place | None = None) -> str:
    """「安澜县青石镇柳河村」: the names down to the place, below `above` where it is given."""
    return "".join(p.name for p in chain_of(place) if above is None or p.level > above.level)


def below(place: Place, level: int | None = None, day: date | None = None) -> QuerySet[Place]:
    """Places below `place` on `day`, of one level if it is given."""
    found = Place.objects.filter(standing(day), path__gt=place.path, path__lte=place.highest_path)
    return found if level is None else found.filter(level=level)


def find_places(
    text: str, *, within: Place | None = None, level: int | None = None, day: date | None = None, limit: int = 20
) -> list[Place]:
    """Places by name, those that begin with `text` before those that contain it, or by the first digits of a code."""
    text = text.strip()
    if not text:
        return []
    found = Place.objects.filter(standing(day)).select_related("parent")
    if within is not None:
        found = found.filter(path__gte=within.path, path__lte=within.highest_path)
    if level is not None:
        found = found.filter(level=level)
    if text.isascii() and text.isdigit():
        return list(found.filter(code__gte=text, code__lte=text.ljust(12, "9")).order_by("code")[:limit])
    first = list(found.filter(begins_with("name", text)).order_by("level", "path")[:limit])
    if len(first) < limit:
        more = found.filter(name__contains=text).exclude(pk__in=[p.pk for p in first])
        first += more.order_by("level", "path")[: limit - len(first)]
    return first


def begins_with(field: str, text: str) -> Q:
    """`startswith` in the form that each database answers from its index."""
    if connection.vendor == "sqlite":  # its LIKE ignores case and so cannot use the index; its order is by code point
        return Q(**{f"{field}__gte": text, f"{field}__lt": text + "\U0010ffff"})
    return Q(**{f"{field}__startswith": text})


def find_units(text: str, *, kind: str = "", day: date | None = None, limit: int = 20) -> list[Unit]:
    found = Unit.objects.filter(standing(day)).select_related("place")
    if kind:
        found = found.filter(kind=kind)
    return list(found.filter(Q(name__icontains=text) | Q(short_name__icontains=text))[:limit])


def units_at(place: Place, *, kind: str = "", day: date | None = None) -> QuerySet[Unit]:
    """The units whose place is exactly `place` on `day`."""
    found = Unit.objects.filter(standing(day), place=place)
    return found.filter(kind=kind) if kind else found


def in_office_at(unit: Unit, day: date | None = None) -> list[Appointment]:
    """Who holds which post of `unit` on `day`, heads first."""
    return list(
        Appointment.objects.filter(powers.in_office(day or today()), post__unit=unit)
        .select_related("person", "post")
        .order_by("-post__is_head", "post__name", "starts_on")
    )


def head_of(unit: Unit, day: date | None = None) -> Person | None:
    """Who heads `unit` on `day`: the regular head, else the acting one."""
    heads = [a for a in in_office_at(unit, day) if a.post.is_head]
    heads.sort(key=lambda a: a.kind != Appointment.Kind.REGULAR)
    return heads[0].person if heads else None


def holders_of(
    role: str, *, unit: Unit | None = None, place: Place | None = None, day: date | None = None
) -> list[Person]:
    """People who hold `role` on `day` in `unit` and below, or in units in `place`; not those seconded away."""
    found = Appointment.objects.filter(powers.in_office(day or today()), post__roles__icontains=f'"{role}"')
    found = found.select_related("person__user", "post")
    if unit is not None:
        found = found.filter(post__unit__in=powers.with_units_below([unit.pk]))
    if place is not None:
        found = found.filter(post__unit__place__path__gte=place.path, post__unit__place__path__lte=place.highest_path)
    people: dict[int, Person] = {}
    for appointment in found.order_by("pk"):
        if role in appointment.post.roles and appointment.person_id not in people:
            working = powers.working_appointments(appointment.person_id, day or today())
            if any(a.pk == appointment.pk for a in working):
                people[appointment.person_id] = appointment.person
    return list(people.values())


def by_credit_code(code: str) -> Unit | Organisation | None:
    """The unit, else the organisation, with this code today."""
    code = code.strip().upper()
    return (
        Unit.objects.filter(standing(), credit_code=code).first()
        or Organisation.objects.filter(credit_code=code).first()
        if code
        else None
    )


@dataclass(frozen=True, slots=True)
class Staffing:
    """A post's quota (编制) beside who is there."""

    post: Post
    quota: int
    actual: int

    @property
    def vacant(self) -> int:
        return max(self.quota - self.actual, 0)


def staffing(units: QuerySet[Unit], day: date | None = None) -> list[Staffing]:
    """Quota and actual number of every post of `units` that has a quota."""
    day = day or today()
    running = Q(appointments__starts_on__lte=day) & (Q(appointments__ends_on=None) | Q(appointments__ends_on__gte=day))
    posts = (
        Post.objects.filter(unit__in=units, quota__isnull=False)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .select_related("unit")
        .annotate(actual=Count("appointments__person", filter=running, distinct=True))
    )
    return [Staffing(post, post.quota, post.actual) for post in posts]
