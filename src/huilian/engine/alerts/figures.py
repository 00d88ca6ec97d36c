"""Counts of the money chain for boards and the monthly: what stands red, what is late, what was repaired, what came
back. Every figure is counted from rows and narrowed by who asks; money only where a rectification recorded it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from huilian.engine.directory.models import Place, Unit
from huilian.foundation.now import CHINA

from .models import Alert, Rectification
from .queries import LEVELS, alerts_visible_to

MONEY = ("ZJ", "ZC", "HT", "ZW", "CX")  # funds, assets, contracts, debts, disclosure
OPEN = Alert.State.OPEN
WITH_UNIT = ("raised", "explaining", "rectifying")  # the delay of those who check is not put on the unit


class Standing(NamedTuple):
    """What is being handled now, by colour, and how much of it is past the limit of its step."""

    by_colour: dict[str, int]
    late: int

    @property
    def open(self) -> int:
        return sum(self.by_colour.values())


class Repaired(NamedTuple):
    """What was verified in a stretch of time: alerts that are green again, and money that came back."""

    ordered: int  # orders whose repair was looked at
    passed: int
    green: int  # of these the colour is gone altogether
    recovered_cents: int
    recovered_in: int  # rectifications that recorded money


def money_alerts(user) -> QuerySet[Alert]:
    """The alerts of rules about collective money that `user` may see."""
    return alerts_visible_to(user).filter(group__in=MONEY)


def standing(user) -> Standing:
    """Alerts about money in hand now."""
    counts = dict.fromkeys(("red", "orange", "yellow", "ok"), 0)
    in_hand = money_alerts(user).filter(state=OPEN).order_by()
    for row in in_hand.values("colour").annotate(n=Count("pk")):
        counts[LEVELS[row["colour"]]] += row["n"]
    late = in_hand.filter(case__colour=3, case__is_paused=False).count()
    return Standing(counts, late)


def repaired(user, since: datetime, until: datetime) -> Repaired:
    """What was verified between `since` and `until` (the end is outside)."""
    looked = Rectification.objects.filter(
        verified_at__gte=since, verified_at__lt=until, alert__in=money_alerts(user).order_by().values("pk")
    )
    passed = Q(passed=True)
    with_money = passed & Q(recovered_cents__gt=0)
    found = looked.aggregate(
        n_looked=Count("pk"),
        n_passed=Count("pk", filter=passed),
        n_green=Count("pk", filter=passed & Q(colour_after=0)),
        cents=Sum("recovered_cents", filter=with_money),
        n_money=Count("pk", filter=with_money),
    )
    return Repaired(found["n_looked"], found["n_passed"], found["n_green"], found["cents"] or 0, found["n_money"])


def by_rule(user) -> list[tuple[str, dict, int]]:
    """(rule, its newest names, alerts in hand), most first."""
    counts = Counter(
        dict(money_alerts(user).filter(state=OPEN).order_by().values_list("rule").annotate(n=Count("pk")))
    )  # fmt: skip
    return [
        (rule, Alert.objects.filter(rule=rule).order_by("-raised_at").values_list("names", flat=True)[0], n)
        for rule, n in counts.most_common(8)
    ]


def by_township(user) -> list[tuple[Place, int, dict[str, int]]]:
    """(township, alerts in hand, {level: count} worst first), in the order of codes."""
    found: dict[int, Counter] = {}
    rows = money_alerts(user).filter(state=OPEN).exclude(township=None).order_by()
    for row in rows.values("township", "colour").annotate(n=Count("pk")):
        found.setdefault(row["township"], Counter())[row["colour"]] += row["n"]
    places = Place.objects.filter(pk__in=found).order_by("code")
    return [
        (place, found[place.pk].total(), {LEVELS[c]: found[place.pk][c] for c in (3, 2, 1) if found[place.pk][c]})
        for place in places
    ]


def by_unit(user, since: datetime, until: datetime) -> list[tuple[Unit, int, int, int, int]]:
    """(unit, in hand, late with it, closed in the stretch, of these answered in time), what is late first."""
    mine = money_alerts(user).exclude(unit=None).order_by()
    closed = Q(state=Alert.State.CLOSED, ended_at__gte=since, ended_at__lt=until, case__isnull=False)
    on_time = closed & Q(case__clock__stopped_at__lte=F("case__clock__due_at"))
    rows = mine.values("unit").annotate(
        open=Count("pk", filter=Q(state=OPEN)),
        late=Count("pk", filter=Q(state=OPEN, case__colour=3, case__is_paused=False, case__step__in=WITH_UNIT)),
        closed=Count("pk", filter=closed),
        on_time=Count("pk", filter=on_time),
    )
    rows = [row for row in rows if row["open"] or row["closed"]]
    units = Unit.objects.in_bulk([row["unit"] for row in rows])
    rows.sort(key=lambda row: (-row["late"], -row["open"], row["unit"]))
    return [(units[row["unit"]], row["open"], row["late"], row["closed"], row["on_time"]) for row in rows]


def by_day(user, days: Sequence[date]) -> tuple[list[int], list[int]]:
    """How many were raised and how many verified on each of `days`."""
    since = datetime.combine(days[0], datetime.min.time(), CHINA)
    until = datetime.combine(days[-1] + timedelta(days=1), datetime.min.time(), CHINA)
    mine = money_alerts(user).order_by()
    raised = _on_days(mine.filter(raised_at__gte=since, raised_at__lt=until), "raised_at")
    seen = Rectification.objects.filter(verified_at__gte=since, verified_at__lt=until, passed=True)
    verified = _on_days(seen.filter(alert__in=mine.values("pk")).order_by(), "verified_at")
    return [raised.get(day, 0) for day in days], [verified.get(day, 0) for day in days]


def _on_days(rows: QuerySet, field: str) -> dict[date, int]:
    counted = rows.annotate(day=TruncDate(field, tzinfo=CHINA)).values_list("day").annotate(n=Count("pk"))
    return dict(counted)
