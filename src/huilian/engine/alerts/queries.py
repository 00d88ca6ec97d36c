"""Reads of alerts. `alerts_visible_to` is the only place where rows are narrowed by who asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from huilian.engine.access.queries import scope
from huilian.engine.trail.rules import subject_key

from .models import Alert, Appeal

LIVE = (Alert.State.PROMPT, Alert.State.OPEN)
LEVELS = {3: "red", 2: "orange", 1: "yellow", 0: "ok"}


def alerts_visible_to(user) -> QuerySet[Alert]:
    """Every alert `user` may see: the county's, a township's own, a unit's own."""
    return scope(Alert.objects.all(), user, action="case.see")


def open_alerts(user) -> QuerySet[Alert]:
    """Those still to be dealt with: prompts and alerts being handled, worst first."""
    return alerts_visible_to(user).filter(state__in=LIVE)


def alerts_of(subject: object) -> QuerySet[Alert]:
    """All alerts about a subject (an instance or "kind:id"), newest first."""
    return Alert.objects.filter(subject=":".join(subject_key(subject))).select_related("case").order_by("-id")


def hits_of(alerts: Iterable[Alert]) -> frozenset[str]:
    """Keys of the models that raised those of `alerts` which were not found wrong: marked in a case's flow chart."""
    wrong = (Alert.Verdict.UNTRUE, Alert.Verdict.DATA_ERROR)
    return frozenset(alert.rule for alert in alerts if alert.verdict not in wrong)


def rule_groups() -> list[str]:
    """The groups of rules that have raised anything. They are few: one step along an index for each."""
    found, last = [], ""
    while last := Alert.objects.filter(group__gt=last).order_by("group").values_list("group", flat=True).first() or "":
        found.append(last)
    return found


def level_counts(alerts: QuerySet[Alert]) -> dict[str, int]:
    """How many stand at each colour now, and in all."""
    counts = dict.fromkeys(LEVELS.values(), 0)
    for row in alerts.order_by().values("colour").annotate(n=Count("pk")):
        counts[LEVELS[row["colour"]]] += row["n"]
    counts["all"] = sum(counts.values())
    return counts


@dataclass(frozen=True)
class Precision:
    """How often a rule was right, from what was checked. Errors in data are counted apart: they are not the rule's."""

    rule: str
    raised: int
    true: int
    partly: int
    untrue: int
    data_error: int
    made_good: int = 0
    appeals: int = 0
    overturned: int = 0
    amount_cents: int = 0  # concerned in what was found true or partly true

    @property
    def right(self) -> int:
        """Times the rule was right: a slip made good in time was one, even if it does not count against the unit."""
        return self.true + self.partly + self.made_good

    @property
    def checked(self) -> int:
        return self.right + self.untrue

    @property
    def share(self) -> float | None:
        """(true + partly + made good) ÷ (those + not true); None while nothing was checked."""
        return self.right / self.checked if self.checked else None


def precision(alerts: QuerySet[Alert]) -> list[Precision]:
    """The precision of every rule among `alerts`. Prompts and lapsed ones were never checked and do not enter it."""
    counts = {f"{verdict}_": Count("pk", filter=Q(verdict=verdict)) for verdict in Alert.Verdict.values}
    found_true = Q(verdict__in=[Alert.Verdict.TRUE, Alert.Verdict.PARTLY])
    rows = (
        alerts.order_by("rule")
        .values("rule")
        .annotate(raised=Count("pk"), amount=Sum("amount_cents", filter=found_true), **counts)
    )
    appeals = {
        r["alert__rule"]: r
        for r in Appeal.objects.filter(alert__in=alerts.order_by().values("pk"))
        .values("alert__rule")
        .annotate(n=Count("pk"), won=Count("pk", filter=Q(granted=True)))
    }
    nothing = {"n": 0, "won": 0}
    return [
        Precision(
            r["rule"], r["raised"], r["true_"], r["partly_"], r["untrue_"], r["data_error_"], r["made_good_"],
            appeals.get(r["rule"], nothing)["n"], appeals.get(r["rule"], nothing)["won"], r["amount"] or 0,
        )
        for r in rows
    ]  # fmt: skip
