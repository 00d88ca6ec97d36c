"""「八项制度检查」 What each of the eight rules gives at a point, counted from the rows of the last ninety days."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef

from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Appointment
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import moment, now, today

from ..models import Application, Feedback, Inquiry, Leg, Norm, Point, Rating, Shift, Signature, SupervisionCard, Trip
from ..rules import Finding
from .catalogue import number_of

DAYS = 90


def findings(point: Point) -> list[Finding]:
    """One finding for each rule, in the order of the eight. What was not counted is said to be so."""
    since = now() - timedelta(days=DAYS)
    taken = Application.objects.filter(point=point, case__received_at__gte=since)
    return [
        _publicity(point),
        _first_asked(point, since),
        _promise(point),
        _accountability(point, since),
        _duty(point, since),
        _quality(point, since),
        _proxy(taken),
        _limits(taken),
    ]


def _staff(point: Point) -> set[int]:
    posts = Appointment.objects.filter(in_office(today()), post__unit=point.unit_id)
    return set(posts.values_list("person", flat=True))


def _publicity(point: Point) -> Finding:
    """公开公示: items taken in here without conditions on show, and staff without a supervision card."""
    items = point.offers.filter(may_accept=True, item__is_active=True)
    staff = _staff(point)
    carded = set(SupervisionCard.objects.filter(point=point, withdrawn_on=None).values_list("person", flat=True))
    return Finding("publicity", items.count() + len(staff), items.filter(item__about="").count() + len(staff - carded))


def _first_asked(point: Point, since) -> Finding:
    """首问负责: neither answered nor handed over within the county's number of working days."""
    calendar, days, when = calendar_for(point.place), number_of("first_asked_days"), now()
    rows = list(Inquiry.objects.filter(point=point, asked_at__gte=since).values_list("asked_at", "settled_at"))
    late = [1 for asked, settled in rows if calendar.count(moment(asked).date(), moment(settled or when).date()) > days]
    return Finding("first_asked", len(rows), len(late))


def _promise(point: Point) -> Finding:
    """服务承诺: staff without a signed pledge in the version in force."""
    staff = _staff(point)
    pledges = Norm.objects.filter(kind=Norm.Kind.PLEDGE, is_current=True)
    signed = set(Signature.objects.filter(norm__in=pledges).values_list("person", flat=True))
    return Finding("promise", len(staff) if pledges else 0, len(staff - signed) if pledges else 0)


def _accountability(point: Point, since) -> Finding:
    """责任追究: true bad ratings and cards of the unit; failing are those not yet answered for."""
    bad = Rating.objects.filter(application__point=point, stars__lte=2, rated_at__gte=since).exclude(state="slip")
    return Finding("accountability", bad.count(), bad.filter(clock__due_at__lte=now(), clock__stopped_at=None).count())


def _duty(point: Point, since) -> Finding:
    """干部值班: days on duty that are over, without a signature and without a stand-in's."""
    shifts = Shift.objects.filter(point=point, on__gte=since.date(), on__lt=today())
    return Finding("duty", shifts.count(), shifts.filter(signed_in_at=None).count())


def _quality(point: Point, since) -> Finding:
    """优质服务: ratings, and the bad ones that hold."""
    ratings = Rating.objects.filter(application__point=point, rated_at__gte=since).exclude(state="slip")
    return Finding("quality", ratings.count(), ratings.filter(stars__lte=2).count())


def _proxy(taken) -> Finding:
    """代理监督: matters that went up without a named agent, or were closed without a trip or a feedback noted."""
    up = taken.filter(Exists(Leg.objects.filter(application=OuterRef("pk"), kind=Leg.Kind.UP)))
    trips, told = Trip.objects.filter(application=OuterRef("pk")), Feedback.objects.filter(application=OuterRef("pk"))
    closed = up.filter(case__state="closed").exclude(Exists(trips)).exclude(Exists(told))
    return Finding("proxy", up.count(), up.filter(agent=None).count() + closed.filter(agent__isnull=False).count())


def _limits(taken) -> Finding:
    """限时办结: accepted matters that are over, or past their promise."""
    accepted = taken.filter(case__clock__isnull=False)
    over = accepted.filter(case__clock__due_at__lte=now(), case__clock__stopped_at=None)
    late = accepted.filter(case__clock__stopped_at__gt=F("case__clock__due_at"))
    return Finding(
        "limits", accepted.exclude(case__clock__stopped_at=None).count() + over.count(), late.count() + over.count()
    )
