"""The figures an evaluation stands on: each a part of a whole, counted from the cases of a unit in a quarter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huilian.engine.alerts.models import Alert
from huilian.engine.directory.models import Unit
from huilian.engine.procedures.models import Card, Case, CaseStep, Extension, Supervision
from huilian.foundation.now import CHINA

from ..models import ActComplaint, Correction

Share = tuple[int, int]  # part, whole


@dataclass(frozen=True)
class Span:
    """A unit and the stretch of time [since, until)."""

    unit: Unit
    since: datetime
    until: datetime

    def closed(self) -> QuerySet[Case]:
        return Case.objects.filter(unit=self.unit, closed_at__gte=self.since, closed_at__lt=self.until)


def span(unit: Unit, since: date, until: date) -> Span:
    first, last = (datetime.combine(day, time.min, CHINA) for day in (since, until))
    return Span(unit, first, last)


def _late(cases: QuerySet[Case]) -> Q:
    return Q(clock__stopped_at__gt=F("clock__due_at"))


def on_time(s: Span) -> Share:
    """Cases with a clock that ended in time."""
    got = s.closed().filter(clock__isnull=False).aggregate(n=Count("pk"), late=Count("pk", filter=_late(s.closed())))
    return got["n"] - got["late"], got["n"]


def steps_on_time(s: Span) -> Share:
    """Stays at a step with a limit that ended in time."""
    stays = CaseStep.objects.filter(unit=s.unit, left_at__gte=s.since, left_at__lt=s.until, clock__isnull=False)
    got = stays.aggregate(n=Count("pk"), late=Count("pk", filter=Q(left_at__gt=F("clock__due_at"))))
    return got["n"] - got["late"], got["n"]


def _without(rows: QuerySet, s: Span) -> Share:
    """Closed cases less those that `rows` names."""
    whole = s.closed().count()
    return max(whole - rows.values("case").distinct().count(), 0), whole


def without_yellow(s: Span) -> Share:
    """Closed cases without an upheld yellow card."""
    return _without(Card.objects.filter(case__in=s.closed().order_by(), colour=1, upheld=True), s)


def without_red(s: Span) -> Share:
    """Closed cases without an upheld red card."""
    return _without(Card.objects.filter(case__in=s.closed().order_by(), colour=3, upheld=True), s)


def without_extension(s: Span) -> Share:
    """Closed cases that asked for no more time."""
    return _without(Extension.objects.filter(case__in=s.closed().order_by(), approved=True), s)


def supervisions_answered(s: Span) -> Share:
    """Supervisions answered by their day."""
    rows = Supervision.objects.filter(unit=s.unit, issued_at__gte=s.since, issued_at__lt=s.until)
    got = rows.aggregate(n=Count("pk"), kept=Count("pk", filter=Q(replied_at__lte=F("clock__due_at"))))
    return got["kept"], got["n"]


def corrections_done(s: Span) -> Share:
    """Correction orders answered by their day."""
    rows = Correction.objects.filter(unit=s.unit, issued_at__gte=s.since, issued_at__lt=s.until)
    got = rows.aggregate(n=Count("pk"), kept=Count("pk", filter=Q(answered_at__lte=F("clock__due_at"))))
    return got["kept"], got["n"]


def without_complaint(s: Span) -> Share:
    """Closed cases without a complaint that was found justified."""
    whole = s.closed().count()
    upheld = ActComplaint.objects.filter(about__in=s.closed().order_by(), justified=True)
    return max(whole - upheld.values("about").distinct().count(), 0), whole


def alerts_untrue_or_repaired(s: Span) -> Share:
    """Alerts of the quarter on the unit that are closed."""
    rows = Alert.objects.filter(unit=s.unit, raised_at__gte=s.since, raised_at__lt=s.until).exclude(state="prompt")
    got = rows.aggregate(n=Count("pk"), done=Count("pk", filter=Q(state__in=["closed", "lapsed"])))
    return got["done"], got["n"]


MEASURES: dict[str, tuple[object, Callable[[Span], Share]]] = {
    "on_time": (_("cases closed in time ÷ cases closed that had a limit"), on_time),
    "steps": (_("steps left in time ÷ steps with a limit"), steps_on_time),
    "no_yellow": (_("cases without an upheld yellow card ÷ cases closed"), without_yellow),
    "no_red": (_("cases without an upheld red card ÷ cases closed"), without_red),
    "no_extension": (_("cases without more time ÷ cases closed"), without_extension),
    "supervisions": (_("supervisions answered in time ÷ supervisions"), supervisions_answered),
    "corrections": (_("correction orders answered in time ÷ correction orders"), corrections_done),
    "no_complaint": (_("cases without a justified complaint ÷ cases closed"), without_complaint),
    "alerts": (_("alerts closed ÷ alerts"), alerts_untrue_or_repaired),
}
