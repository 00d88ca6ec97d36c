"""The monthly report: some fifteen grouped queries, however many orders there are. Definitions stand in figures.py."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huilian.engine.access.queries import scope_of
from huilian.engine.directory.models import Place, Unit
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Supervision
from huilian.engine.procedures.worklists import definitions
from huilian.engine.tiles.period import Month
from huilian.engine.tiles.values import Change, Rate

from .. import rules
from ..models import Channel, RefusalGround
from . import figures as f

HOT = 10
RECEIVED_BY = ("case__unit", "case__source", "case__class_key", "topic", "case__township")


@dataclass(frozen=True)
class Line:
    """One row of “received by …”: how many, its share, against last year and the month before."""

    key: str
    name: str
    count: int
    whole: int
    before: int
    year_ago: int
    more: dict[str, str] = field(default_factory=dict)  # further narrowing of the rows behind it

    @property
    def share(self) -> Rate:
        return Rate(self.count, self.whole)

    @property
    def on_month(self) -> Change:
        return Change(self.count, self.before)

    @property
    def on_year(self) -> Change:
        return Change(self.count, self.year_ago)


@dataclass
class UnitLine:
    """One unit: what it was given and how it did."""

    key: str
    name: str
    dispatched: int = 0
    all_dispatched: int = 0
    before: int = 0
    year_ago: int = 0
    n: dict[str, int] = field(default_factory=dict)  # counts by the keys of FIGURES

    def of(self, key: str) -> int:
        return self.n.get(key, 0)

    @property
    def share(self) -> Rate:
        return Rate(self.dispatched, self.all_dispatched)

    @property
    def on_month(self) -> Change:
        return Change(self.dispatched, self.before)

    @property
    def on_year(self) -> Change:
        return Change(self.dispatched, self.year_ago)

    @property
    def of_closed(self) -> Rate:
        return Rate(self.of("on_time"), self.of("limited"))

    @property
    def of_due(self) -> Rate:
        return Rate(self.of("on_time"), self.of("limited") + self.of("overdue"))

    @property
    def signing(self) -> Rate:
        return Rate(self.of("signed"), self.of("sent"))

    @property
    def returning(self) -> Rate:
        return Rate(self.of("unfounded"), self.of("sent"))

    @property
    def solving(self) -> Rate:
        return Rate(self.of("solved"), self.of("said"))

    @property
    def satisfying(self) -> Rate:
        return Rate(self.of("satisfied"), self.of("graded"))

    @property
    def reworking(self) -> Rate:
        return Rate(self.of("reworked"), self.of("closed"))

    @property
    def score(self) -> float | None:
        parts = {
            "on_time": self.of_due,
            "sign": self.signing,
            "returned": self.returning,
            "satisfied": self.satisfying,
            "reworked": self.reworking,
        }
        return rules.unit_score({k: (r.part, r.whole) for k, r in parts.items()}, closed=self.of("closed"))


class Report:
    """「热线月报」 The figures of one month as `user` may see them. Each part is asked for once, when it is shown."""

    def __init__(self, user, month: Month):
        self.user, self.month = user, month
        self.orders = f.orders_of(user)

    # ---------------------------------------------------------------- received

    def _by(self, *fields: str) -> list[tuple[tuple, int, int, int]]:
        """Counts of what was received this month, the month before and a year ago, by `fields`."""
        sums: dict[tuple, list[int]] = {}
        at = [RECEIVED_BY.index(name) for name in fields]
        for i, counts in enumerate(self._came_in):
            for key, n in counts:
                sums.setdefault(tuple(key[k] for k in at), [0, 0, 0])[i] += n
        return [(key, *counts) for key, counts in sums.items()]

    @cached_property
    def _came_in(self) -> list[list[tuple[tuple, int]]]:
        """What was received this month, the month before and a year ago, counted by all that it is told apart by.

        One query a month, along the index on the receipt: the three asked for together would read every order.
        """
        found = []
        for month in (self.month, self.month.before, self.month.year_ago):
            rows = self.orders.filter(f.received(month)).order_by().values_list(*RECEIVED_BY).annotate(n=Count("pk"))
            found.append([(tuple(key), n) for *key, n in rows])
        return found

    def _lines(self, by: str, grouped, names: dict, nameless: str) -> list[Line]:
        whole = sum(a for _key, a, _b, _c in grouped)
        lines = [
            Line(
                str(key) if key else "-",
                names.get(key) or (str(key) if key else nameless),
                a,
                whole,
                b,
                c,
                {by: key or "-"},
            )
            for (key,), a, b, c in grouped
        ]
        return sorted((line for line in lines if line.count or line.before), key=lambda line: (-line.count, line.key))

    @cached_property
    def _units(self) -> list[tuple[tuple, int, int, int]]:
        return self._by("case__unit")

    @cached_property
    def received(self) -> Line:
        """All that came in, whatever became of it."""
        a, b, c = (sum(row[i] for row in self._units) for i in (1, 2, 3))
        return Line("", pgettext("count", "Received"), a, a, b, c)

    @cached_property
    def by_source(self) -> list[Line]:
        names = {channel.key: str(channel) for channel in Channel.objects.all()}
        return self._lines("source", self._by("case__source"), names, _("not stated"))

    @cached_property
    def _topics(self):
        return self._by("topic", "case__township")

    @cached_property
    def by_topic(self) -> list[Line]:
        sums: dict[str, list[int]] = {}
        for (topic, _township), *counts in self._topics:
            kept = sums.setdefault(topic or "", [0, 0, 0])
            for i, n in enumerate(counts):
                kept[i] += n
        return self._lines("topic", [((topic,), *counts) for topic, counts in sums.items()], {}, _("not sorted yet"))

    @cached_property
    def by_class(self) -> list[Line]:
        names = {c.key: say(c.name) for d in definitions().values() if d.key == f.KIND for c in d.classes}
        return self._lines("class", self._by("case__class_key"), names, _("no class yet"))

    @cached_property
    def hot(self) -> list[Line]:
        """The topic in one township that most was said about."""
        top = sorted((r for r in self._topics if r[0][0] and r[1]), key=lambda r: (-r[1], r[0][0], r[0][1] or 0))[:HOT]
        places = Place.objects.in_bulk({r[0][1] for r in top if r[0][1]})
        return [
            Line(
                topic,
                f"{topic} · {places[township].name if township else _('no place given')}",
                a,
                self.received.count,
                b,
                c,
                {"topic": topic, "township": str(township or "-")},
            )
            for (topic, township), a, b, c in top
        ]

    # ---------------------------------------------------------------- closed, by unit

    @cached_property
    def closed_by_unit(self) -> dict[int | None, dict[str, int]]:
        """Counts of what was closed, by unit and figure."""
        m = self.month
        wanted = {
            "limited": f.limited,
            "on_time": f.on_time,
            "late": f.late,
            "at_once": f.at_once,
            "heard": f.heard,
            "said": f.said,
            "solved": f.solved,
            "no_word": f.no_word,
            "graded": f.graded,
            "satisfied": f.satisfied,
            "no_grade": f.no_grade,
            "reworked": f.reworked,
        }
        counted = {f"n_{key}": Count("pk", filter=where(m)) for key, where in wanted.items()}
        found = (
            self.orders.filter(f.closed(m)).order_by().values("case__unit").annotate(n_closed=Count("pk"), **counted)
        )
        return {row.pop("case__unit"): {k.removeprefix("n_"): n for k, n in row.items()} for row in found}

    @cached_property
    def overdue_by_unit(self) -> dict[int | None, int]:
        return f.overdue_by(self.orders, self.month, "case__unit")

    def _count(self, rows: QuerySet, group: str) -> dict:
        found = rows.order_by().values(group).annotate(n=Count("pk"))
        return {row[group]: row["n"] for row in found}

    @cached_property
    def _pairs(self) -> dict[str, set[tuple]]:
        """(unit, order or case) for each thing that happened in the month, each pair once."""
        found = {}
        for key in ("sent", "signed", "objected", "unfounded", "sent_back", "extended"):
            figure = f.FIGURES[key]
            rows = figure.events(self.month)
            if not self._sees_all:
                rows = rows.filter(**{f"{figure.to}__in": self.orders.values("pk" if figure.to == "order" else "case")})
            found[key] = set(rows.order_by().values_list(figure.of_unit, figure.to))
        return found

    @cached_property
    def _sees_all(self) -> bool:
        return scope_of(self.user, "case.see").whole

    @cached_property
    def events(self) -> dict[str, Counter]:
        """Orders that something happened to, by the unit it happened in."""
        return {key: Counter(unit for unit, _order in pairs) for key, pairs in self._pairs.items()}

    @cached_property
    def supervised(self) -> list[tuple[str, int]]:
        """Supervisions issued, by level."""
        rows = f.supervisions(self.month)
        if not self._sees_all:
            rows = rows.filter(case__in=self.orders.values("case"))
        found = {row["level"]: row["n"] for row in rows.order_by().values("level").annotate(n=Count("pk"))}
        return [(str(level.label), found.get(level.value, 0)) for level in Supervision.Level]

    @cached_property
    def supervised_orders(self) -> int:
        return f.FIGURES["supervised"].orders(self.orders, self.month).count()

    @property
    def reach(self) -> Rate:
        """How many of those closed the centre heard from."""
        return Rate(self.total.of("heard"), self.total.of("closed"))

    @cached_property
    def total(self) -> UnitLine:
        """All units and what was answered without one, as one line."""
        line = UnitLine("", _("All"), self.received.count, self.received.count)
        for counts in self.closed_by_unit.values():
            for key, n in counts.items():
                line.n[key] = line.n.get(key, 0) + n
        line.n["overdue"] = sum(self.overdue_by_unit.values())
        # An order may have been with two units in a month; in the total it counts once.
        for key, pairs in self._pairs.items():
            line.n[key] = len({order for _unit, order in pairs})
        line.n |= self.endings
        return line

    @cached_property
    def endings(self) -> dict[str, int]:
        m = self.month
        return self.orders.filter(f.refused(m) | f.merged(m)).aggregate(
            refused=Count("pk", filter=f.refused(m)), merged=Count("pk", filter=f.merged(m))
        )

    @cached_property
    def refusals(self) -> list[tuple[str, str, str, int]]:
        """Not accepted, by legal ground: (key, ground, law, how many)."""
        found = self._count(self.orders.filter(f.refused(self.month)), "refusal_ground")
        grounds = RefusalGround.objects.in_bulk([pk for pk in found if pk])
        rows = [(g.key, str(g), f"{g.law} {g.version} {g.article}".strip(), found[pk]) for pk, g in grounds.items()]
        return sorted(rows, key=lambda row: -row[3])

    @cached_property
    def units(self) -> list[UnitLine]:
        """Units that were given or had something this month, by how much they were given. Never by satisfaction."""
        given = {key: counts for (key,), *counts in self._units}
        keys = {k for k in {*given, *self.closed_by_unit, *self.overdue_by_unit} if k}
        keys |= {k for by_unit in self.events.values() for k in by_unit if k}
        names = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
        whole = sum(counts[0] for key, counts in given.items() if key)
        lines = []
        for key in keys:
            a, b, c = given.get(key, (0, 0, 0))
            line = UnitLine(str(key), names[key], a, whole, b, c, dict(self.closed_by_unit.get(key, {})))
            line.n["overdue"] = self.overdue_by_unit.get(key, 0)
            line.n |= {name: by_unit.get(key, 0) for name, by_unit in self.events.items()}
            if a or any(line.n.values()):
                lines.append(line)
        return sorted(lines, key=lambda line: (-line.dispatched, -line.of("closed"), line.name))


def worst_first(lines: Iterable[UnitLine]) -> list[UnitLine]:
    """Most overdue first, then the lower honest on-time rate, then the larger."""

    def order(line: UnitLine):
        rate = line.of_due.value
        return -line.of("overdue"), 1.0 if rate is None else rate, -line.dispatched

    return sorted(lines, key=order)
