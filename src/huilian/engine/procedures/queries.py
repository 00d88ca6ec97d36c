"""Reads of cases. `cases_visible_to` is the only place where rows are narrowed by who asks."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from huilian.engine.access.queries import scope_of, ways_of
from huilian.foundation.errors import Invalid

from .models import Case, CoHandler, Procedure, State
from .worklists import LEVELS, tasks_of, with_level

__all__ = [
    "LEVELS",
    "Rates",
    "cases_visible_to",
    "current_procedure",
    "level_counts",
    "rates",
    "tasks_of",
    "visible_parts",
    "with_level",
]


def current_procedure(kind: str) -> Procedure:
    """The version of `kind` in force now."""
    procedure = Procedure.objects.filter(key=kind).order_by("-version").first()
    if procedure is None:
        raise Invalid(_("The procedure “%(kind)s” is not published yet. Run `huilian seed`.") % {"kind": kind})
    return procedure


def cases_visible_to(user) -> QuerySet[Case]:
    """Every case `user` may see: the county's for county posts, a township's own, a unit's own and those it helps."""
    ways = _ways_to_see(user)
    return Case.objects.all() if ways is None else Case.objects.filter(_any(ways)) if ways else Case.objects.none()


def visible_parts(user) -> list[QuerySet[Case]]:
    """The same rows in parts that share none, each with an index of its own: for long lists."""
    ways = _ways_to_see(user)
    if ways is None:
        return [Case.objects.all()]
    return [Case.objects.filter(way & ~_any(ways[:i])) if i else Case.objects.filter(way) for i, way in enumerate(ways)]


def _ways_to_see(user) -> list[Q] | None:
    ways = ways_of(Case, user, action="case.see")
    if ways is not None and (units := scope_of(user, "case.see").units):
        ways.append(Q(pk__in=CoHandler.objects.filter(unit__in=units).values("case")))
    return ways


def _any(conditions: list[Q]) -> Q:
    return reduce(or_, conditions)


def level_counts(cases: QuerySet[Case]) -> dict[str, int]:
    """How many cases stand at each lamp, and in all."""
    counts = dict.fromkeys(LEVELS, 0)
    for row in cases.order_by().values("colour", "is_paused").annotate(n=Count("id")):
        counts["pause" if row["is_paused"] else LEVELS[3 - row["colour"]]] += row["n"]
    counts["all"] = sum(counts.values())
    return counts


@dataclass(frozen=True)
class Rates:
    """On-time rates in both definitions, with what they were counted from."""

    closed: int
    closed_on_time: int
    open_overdue: int

    @property
    def of_closed(self) -> float | None:
        """Closed on time ÷ closed. Flatters a unit that leaves late matters open."""
        return self.closed_on_time / self.closed if self.closed else None

    @property
    def of_due(self) -> float | None:
        """Closed on time ÷ (closed + open and overdue). The honest one."""
        whole = self.closed + self.open_overdue
        return self.closed_on_time / whole if whole else None


def rates(cases: QuerySet[Case], *, since: datetime, until: datetime, now: datetime) -> Rates:
    """Rates over `cases` closed within [since, until), and those open, unanswered and past due at `now`."""
    closed = cases.filter(state=State.CLOSED, closed_at__gte=since, closed_at__lt=until, clock__isnull=False)
    counted = closed.aggregate(n=Count("id"), ok=Count("id", filter=Q(clock__stopped_at__lte=F("clock__due_at"))))
    overdue = cases.filter(state=State.OPEN, is_paused=False, clock__stopped_at=None, clock__due_at__lte=now).count()
    return Rates(counted["n"], counted["ok"], overdue)
