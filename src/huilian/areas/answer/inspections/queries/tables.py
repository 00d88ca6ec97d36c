"""The calendar of the four forces, coverage of villages, counts by item."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from huilian.engine.directory.models import Place

from .. import rules
from ..models import Finding, Round, Target

TERM_YEARS = 5  # 巡察 covers every village once a term (中国共产党巡视工作条例, 2024: 一届任期内全覆盖)


@dataclass
class Month:
    """A month of the calendar with the rounds that begin or go on in it."""

    first: date
    rounds: list[Round] = field(default_factory=list)


def months(rounds: QuerySet[Round], year: int) -> list[Month]:
    """The rounds of a year by the month in which they begin; months without any are left out."""
    rows = rounds.filter(starts_on__year=year).annotate(n_targets=Count("targets")).order_by("starts_on", "pk")
    found: dict[int, Month] = {}
    for row in rows:
        found.setdefault(row.starts_on.month, Month(row.starts_on.replace(day=1))).rounds.append(row)
    return list(found.values())


@dataclass
class Township:
    """A township with its villages: when each was last looked at in an inspection round."""

    place: Place
    villages: list[tuple[Place, date | None]]

    @property
    def done(self) -> int:
        return sum(1 for _place, last in self.villages if last)


def coverage(since: date) -> list[Township]:
    """Every village and the last feedback of an inspection round since a day; None where none came."""
    rows = Target.objects.filter(round__kind=Round.Kind.INSPECTION, told_on__gte=since)
    last = dict(rows.order_by().values_list("place").annotate(last=Max("told_on")))
    villages = Place.objects.filter(level=Place.Level.VILLAGE, valid_to=None).select_related("parent").order_by("path")
    found: dict[int, Township] = {}
    for village in villages:
        if village.parent_id:
            town = found.setdefault(village.parent_id, Township(village.parent, []))
            town.villages.append((village, last.get(village.pk)))
    return list(found.values())


def by_item(findings: QuerySet[Finding]) -> list[dict[str, Any]]:
    """How often each item was found, and how often it is signed off; the most frequent first."""
    rows = findings.filter(item__isnull=False).order_by().values("item__number", "item__text", "item__form__name")
    return list(
        rows.annotate(n=Count("pk"), done=Count("pk", filter=Q(case__state="closed"))).order_by("-n", "item__number")[
            :20
        ]
    )


def lacks_patrol(day: date) -> bool:
    """Whether it is July or later and no patrol of diligence and honesty of the year is planned, running or closed."""
    rows = Round.objects.filter(kind=Round.Kind.PATROL, starts_on__year=day.year)
    return day.month >= rules.PATROL_FROM and not rows.exclude(state=Round.State.CANCELLED).exists()
