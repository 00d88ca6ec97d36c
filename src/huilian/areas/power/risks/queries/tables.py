"""「矩阵」 Three levels × five kinds × three grades, measures by type and phase, the two streams side by side."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from .. import rules
from ..models import Check, Measure, Reading, RiskPoint
from ..models.catalogue import Grade, Kind, Level

LIVE = ("draft", "graded", "final")


def matrix(points: QuerySet[RiskPoint]) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """For every level, for every kind, how many points of grade 1, 2, 3; what is not graded yet comes last."""
    counted = points.filter(state__in=LIVE).order_by().values_list("level", "kind", "grade").annotate(n=Count("pk"))
    found = {(level, kind, grade): n for level, kind, grade, n in counted}
    grades = (*Grade.values, None)
    return [
        (
            str(level.label),
            [(str(kind.label), [found.get((level.value, kind.value, g), 0) for g in grades]) for kind in Kind],
        )
        for level in Level
    ]


def cover(points: QuerySet[RiskPoint]) -> list[tuple[str, list[int]]]:
    """Measures that count now, by type and phase."""
    rows = Measure.objects.filter(point__in=points.filter(state__in=LIVE).order_by(), ended_on=None)
    table = rules.coverage(rows.order_by().values_list("type", "phase"))
    return [(str(kind.label), list(table[kind.value].values())) for kind in Measure.Type]


def by_phase(points: QuerySet[RiskPoint]) -> QuerySet[RiskPoint]:
    """Risk × phase: how many measures stand before, during and after at every point; the barest first."""
    counts = {
        phase: Count("measures", filter=Q(measures__phase=phase, measures__ended_on=None)) for phase in rules.PHASES
    }
    return points.filter(state__in=LIVE).annotate(**counts).order_by("grade", "before", "during", "after", "number")


@dataclass(frozen=True)
class Stream:
    """One stream of checks on a point: how often, how many things, how many faults."""

    name: str
    checks: int
    looked_at: int
    faults: int

    @property
    def percent(self) -> float | None:
        return 100 * self.faults / self.looked_at if self.looked_at else None


def streams(point: RiskPoint) -> list[Stream]:
    """The department's own checks beside monitoring's."""
    rows = point.checks.order_by().values("stream")
    found = {r["stream"]: r for r in rows.annotate(n=Count("pk"), seen=Sum("looked_at"), bad=Sum("faults"))}
    none = {"n": 0, "seen": 0, "bad": 0}
    return [Stream(str(s.label), *(found.get(s.value, none)[k] for k in ("n", "seen", "bad"))) for s in Check.Stream]


def apart(points: QuerySet[RiskPoint]) -> QuerySet[RiskPoint]:
    """Points where monitoring found faults that the department's own checks did not find."""
    own, other = Check.Stream.OWN, Check.Stream.MONITORING
    return points.filter(state__in=LIVE).annotate(
        own_checks=Count("checks", filter=Q(checks__stream=own)),
        own_faults=Sum("checks__faults", filter=Q(checks__stream=own), default=0),
        other_faults=Sum("checks__faults", filter=Q(checks__stream=other), default=0),
    ).filter(other_faults__gt=0, own_faults=0)  # fmt: skip


def compared(readings: QuerySet[Reading], indicator, month) -> list[Reading]:
    """Posts by one indicator in one month, the highest share first; those counted from too few things last."""
    rows = list(readings.filter(indicator=indicator, month=month, post__isnull=False))
    return sorted(rows, key=lambda r: (r.whole < indicator.least, -(r.percent or 0), r.post.name))
