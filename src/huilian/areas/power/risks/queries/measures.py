"""「监测指标」 How each indicator is counted: (unit, post or None, part, whole) for every unit and post with something.

A case counts for the post of whoever handled it. Figures of other areas come through `register`, from a flow.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from huilian.engine.alerts.models import Alert
from huilian.engine.directory.models import Appointment
from huilian.engine.procedures.models import Case, State

Row = tuple[int, int | None, int, int]


@dataclass(frozen=True)
class Counted:
    """An indicator's formula in words, and what counts it from the first day to the day after the last."""

    formula: object
    count: Callable[[date, date], Iterable[Row]]


def _per_unit_and_post(cases: QuerySet[Case], part: Q) -> Iterable[Row]:
    """Units from all their cases; posts from those whose handler holds a post of the unit today."""
    cases = cases.filter(unit__isnull=False).order_by()
    counts = {"part": Count("pk", filter=part, distinct=True), "whole": Count("pk", distinct=True)}
    for row in cases.values("unit").annotate(**counts):
        yield row["unit"], None, row["part"], row["whole"]
    held = Appointment.objects.filter(person=OuterRef("handler"), post__unit=OuterRef("unit"), ends_on=None)
    posts = cases.filter(handler__isnull=False).annotate(post_held=Subquery(held.order_by("pk").values("post")[:1]))
    for row in posts.filter(post_held__isnull=False).values("unit", "post_held").annotate(**counts):
        yield row["unit"], row["post_held"], row["part"], row["whole"]


def _closed(since: date, before: date) -> QuerySet[Case]:
    return Case.objects.filter(closed_at__date__gte=since, closed_at__date__lt=before).exclude(state=State.OPEN)


def late(since: date, before: date) -> Iterable[Row]:
    cases = _closed(since, before).filter(clock__isnull=False)
    return _per_unit_and_post(cases, Q(clock__stopped_at__gt=F("clock__due_at")))


def again(since: date, before: date) -> Iterable[Row]:
    return _per_unit_and_post(_closed(since, before), Q(round__gt=1))


def carded(since: date, before: date) -> Iterable[Row]:
    return _per_unit_and_post(_closed(since, before), Q(cards__isnull=False) & ~Q(cards__upheld=False))


def extended(since: date, before: date) -> Iterable[Row]:
    return _per_unit_and_post(_closed(since, before), Q(extensions__approved=True))


def alerts_open(since: date, before: date) -> Iterable[Row]:
    rows = Alert.objects.filter(raised_at__date__gte=since, raised_at__date__lt=before, unit__isnull=False)
    rows = rows.exclude(state="prompt").order_by().values("unit")
    for row in rows.annotate(part=Count("pk", filter=Q(colour__gte=2)), whole=Count("pk")):
        yield row["unit"], None, row["part"], row["whole"]


MEASURES: dict[str, Counted] = {
    "late": Counted(_("cases closed late ÷ cases closed that had a limit"), late),
    "again": Counted(_("cases done more than once ÷ cases closed"), again),
    "carded": Counted(_("cases with a yellow or red card ÷ cases closed"), carded),
    "extended": Counted(_("cases with more time granted ÷ cases closed"), extended),
    "alerts": Counted(_("orange and red alerts ÷ alerts of the month"), alerts_open),
}


def register(key: str, formula: object, count: Callable[[date, date], Iterable[Row]]) -> None:
    """Let a flow count an indicator from what another area knows."""
    MEASURES[key] = Counted(formula, count)
