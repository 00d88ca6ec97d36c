"""「八项制度检查」 What each of the eight rules gives at a point, counted from the rows of the last ninety days."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Appointment
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import moment, now, today

from ..models import Application, Feedback, Inquiry, Leg, Norm, Point, Rating, Shift, Signature, SupervisionCard, Trip
from ..rules import BAD_STARS, Finding
from .catalogue import number_of

DAYS = 90


def findings(point: Point) -> list[Finding]:
    """One finding for each rule, in the order of the eight. What was not counted is said to be so."""
    since, staff = now() - timedelta(days=DAYS), _staff(point)
    accountability, quality = _ratings(point, since)
    proxy, limits = _matters(point, since)
    return [
        _publicity(point, staff),
        _first_asked(point, since),
        _promise(staff),
        accountability,
        _duty(point, since),
        quality,
        proxy,
        limits,
    ]


def _counts(rows, **which: Q) -> dict[str, int]:
    """How many rows are of each kind, in one look."""
    return rows.aggregate(**{name: Count("pk", filter=condition) for name, condition in which.items()})


def _staff(point: Point) -> set[int]:
    posts = Appointment.objects.filter(in_office(today()), post__unit=point.unit_id)
    return set(posts.values_list("person", flat=True))


def _publicity(point: Point, staff: set[int]) -> Finding:
    """公开公示: items taken in here without conditions on show, and staff without a supervision card."""
    items = point.offers.filter(may_accept=True, item__is_active=True)
    found = _counts(items, whole=Q(), bare=Q(item__about=""))
    carded = set(SupervisionCard.objects.filter(point=point, withdrawn_on=None).values_list("person", flat=True))
    return Finding("publicity", found["whole"] + len(staff), found["bare"] + len(staff - carded))


def _first_asked(point: Point, since) -> Finding:
    """首问负责: neither answered nor handed over within the county's number of working days."""
    calendar, days, when = calendar_for(point.place), number_of("first_asked_days"), now()
    rows = list(Inquiry.objects.filter(point=point, asked_at__gte=since).values_list("asked_at", "settled_at"))
    late = [1 for asked, settled in rows if calendar.count(moment(asked).date(), moment(settled or when).date()) > days]
    return Finding("first_asked", len(rows), len(late))


def _promise(staff: set[int]) -> Finding:
    """服务承诺: staff without a signed pledge in the version in force."""
    pledges = list(Norm.objects.filter(kind=Norm.Kind.PLEDGE, is_current=True))
    signed = set(Signature.objects.filter(norm__in=pledges).values_list("person", flat=True))
    return Finding("promise", len(staff) if pledges else 0, len(staff - signed) if pledges else 0)


def _ratings(point: Point, since) -> tuple[Finding, Finding]:
    """责任追究: bad ratings; failing are those not yet answered for. 优质服务: ratings, and the bad ones that hold."""
    ratings = Rating.objects.filter(application__point=point, rated_at__gte=since).exclude(state="slip")
    bad = Q(stars__lte=BAD_STARS)
    owed = bad & Q(clock__due_at__lte=now(), clock__stopped_at=None)
    found = _counts(ratings, whole=Q(), bad=bad, owed=owed)
    accountability = Finding("accountability", found["bad"], found["owed"])
    return accountability, Finding("quality", found["whole"], found["bad"])


def _duty(point: Point, since) -> Finding:
    """干部值班: days on duty that are over, without a signature and without a stand-in's."""
    shifts = Shift.objects.filter(point=point, on__gte=since.date(), on__lt=today())
    found = _counts(shifts, whole=Q(), absent=Q(signed_in_at=None))
    return Finding("duty", found["whole"], found["absent"])


def _matters(point: Point, since) -> tuple[Finding, Finding]:
    """代理监督: matters that went up without a named agent, or were closed without a trip or a feedback noted.

    限时办结: accepted matters that are over, or past their promise.
    """
    legs = Leg.objects.filter(application=OuterRef("pk"), kind=Leg.Kind.UP)
    trips, told = Trip.objects.filter(application=OuterRef("pk")), Feedback.objects.filter(application=OuterRef("pk"))
    taken = Application.objects.filter(point=point, case__received_at__gte=since).annotate(
        went_up=Exists(legs), has_trace=Exists(trips) | Exists(told)
    )
    up, silent = Q(went_up=True), Q(case__state="closed", has_trace=False, agent__isnull=False)
    found = _counts(
        taken,
        up=up,
        wrong=up & (Q(agent=None) | silent),
        ended=Q(case__clock__stopped_at__isnull=False),
        late=Q(case__clock__stopped_at__gt=F("case__clock__due_at")),
        over=Q(case__clock__due_at__lte=now(), case__clock__stopped_at=None),
    )
    limits = Finding("limits", found["ended"] + found["over"], found["late"] + found["over"])
    return Finding("proxy", found["up"], found["wrong"]), limits
