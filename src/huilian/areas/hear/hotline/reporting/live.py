"""The hotline as it stands now: for the board."""

from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from huilian.engine.access.queries import scope_of
from huilian.engine.directory.models import Place, Unit
from huilian.engine.procedures.models import State
from huilian.engine.procedures.queries import cases_visible_to
from huilian.engine.tiles.period import Period
from huilian.engine.tiles.values import Rate
from huilian.foundation.now import CHINA

from . import figures as f

LEVELS = ((3, "red"), (2, "orange"), (1, "yellow"))


def cases_of(user):
    return cases_visible_to(user).filter(kind=f.KIND)


def open_of(user):
    """Open matters, found by the index on the moment of closing, which they have not."""
    return cases_of(user).filter(state=State.OPEN, closed_at=None)


def standing(user) -> dict[str, int]:
    """Open matters by lamp: red, orange, yellow, ok, pause, and all."""
    from huilian.engine.procedures.queries import level_counts

    return level_counts(cases_of(user).filter(state=State.OPEN))


def by_township(user) -> list[tuple[Place | None, int, dict[str, int]]]:
    """Every township in reach with its open matters and how many stand at each colour, in the order of codes."""
    colours = {word: Count("pk", filter=Q(colour=n, is_paused=False)) for n, word in LEVELS}
    found = open_of(user).order_by().values("township").annotate(n=Count("pk"), **colours)
    counts = {row["township"]: row for row in found}
    places = Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None).order_by("code")
    if not scope_of(user, "case.see").whole:
        places = places.filter(pk__in=[pk for pk in counts if pk])
    rows = []
    for place in places:
        row = counts.get(place.pk, {})
        rows.append((place, row.get("n", 0), {word: row[word] for _n, word in LEVELS if row.get(word)}))
    return rows


def by_unit(user, p: Period) -> list[tuple[Unit, int, int, Rate, Rate]]:
    """Units with (open, overdue, on-time rate of closed, on-time rate of due), worst first."""
    orders = f.orders_of(user)
    open_ones = {row["unit"]: row["n"] for row in open_of(user).order_by().values("unit").annotate(n=Count("pk"))}
    # Asked apart, each along an index: one query for either would read every order there is.
    ended = (
        orders.filter(f.limited(p))
        .order_by()
        .values_list("case__unit")
        .annotate(n=Count("pk"), ok=Count("pk", filter=f.on_time(p)))
    )
    closed = {key: (n, ok) for key, n, ok in ended}
    overdue = f.overdue_by(orders, p, "case__unit")
    units = Unit.objects.in_bulk({k for k in {*open_ones, *closed, *overdue} if k})
    rows = []
    for key, unit in units.items():
        (n, ok), over = closed.get(key, (0, 0)), overdue[key]
        rows.append((unit, open_ones.get(key, 0), over, Rate(ok, n), Rate(ok, n + over)))

    def worst(row):
        rate = row[4].value
        return -row[2], 1.0 if rate is None else rate, -row[1]

    return sorted(rows, key=worst)


def counts_since(user, p: Period) -> dict[str, int]:
    """What the rates of the board rest on."""
    wanted = ("closed", "limited", "on_time", "heard", "said", "solved", "graded", "satisfied", "reworked")
    counted = {key: Count("pk", filter=f.FIGURES[key].where(p)) for key in wanted}
    orders = f.orders_of(user)
    overdue = sum(f.overdue_by(orders, p, "case__unit").values())
    return orders.filter(f.closed(p)).aggregate(**counted) | {"overdue": overdue}


def by_day(user, p: Period, field: str) -> list[int]:
    """Counts of cases by the day of `field`, one for each day of the period."""
    found = (
        cases_of(user)
        .filter(f.within(field, p), **({"state": State.CLOSED} if field == "closed_at" else {}))
        .order_by()
        .annotate(day=TruncDate(field, tzinfo=CHINA))
        .values("day")
        .annotate(n=Count("pk"))
    )
    counts = {row["day"]: row["n"] for row in found}
    return [counts.get(day, 0) for day in days_of(p)]


def days_of(p: Period) -> list:
    n = (p.until - p.since).days
    return [(p.since + timedelta(days=i)).date() for i in range(n)]


def by_topic(user, p: Period) -> list[tuple[str, int]]:
    """What was received, by topic, most first."""
    found = f.orders_of(user).filter(f.received(p)).exclude(topic="").order_by().values("topic").annotate(n=Count("pk"))
    return sorted(((row["topic"], row["n"]) for row in found), key=lambda row: (-row[1], row[0]))


def received_since(user, p: Period) -> int:
    return cases_of(user).filter(f.within("received_at", p)).count()
