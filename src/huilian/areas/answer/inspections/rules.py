"""Rules of inspections, without Django: months between checks, modes, merging of sheets, pairs for mutual checks.

Figures without a rule above the county are its defaults (`origin: default`): six months between two checks of a unit,
one year in which the same problem counts as a relapse, three years after which a former post no longer binds.
"""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

APART_MONTHS = 6
RELAPSE_MONTHS = 12
BOUND_YEARS = 3
NOT_A_VISIT = frozenset({"self"})  # kinds in which nobody comes
CLASS_LEAST, CLASS_MOST = 2, 8  # units of a small supervision class
PATROL_FROM = 7  # the month from which a year without a patrol is reminded of
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Span:
    """A calendar period: 2026-06, 2026Q2, 2026H1 or 2026, with its first and last day."""

    label: str
    first: date
    last: date

    @property
    def next(self) -> "Span":
        return span(self._every, self.last + timedelta(1))

    @property
    def before(self) -> "Span":
        return span(self._every, self.first - timedelta(1))

    @property
    def _every(self) -> str:
        return {"-": "month", "Q": "quarter", "H": "half", "": "year"}[self.label[4:5]]


def span(every: str, day: date) -> Span:
    """The month, quarter, half-year or year in which `day` lies."""
    size = MONTHS[every]
    nth = (day.month - 1) // size
    first = date(day.year, nth * size + 1, 1)
    sign = {"month": f"-{nth + 1:02d}", "quarter": f"Q{nth + 1}", "half": f"H{nth + 1}", "year": ""}[every]
    return Span(f"{day.year}{sign}", first, months_later(first, size) - timedelta(1))


def quarter(label: str) -> Span | None:
    """The quarter called `label`, such as 2026Q2; None where it is none."""
    found = re.fullmatch(r"(20\d\d)Q([1-4])", label)
    return span("quarter", date(int(found[1]), int(found[2]) * 3, 1)) if found else None


def is_zero(figures: Mapping[str, int | None], most: Mapping[str, int]) -> bool:
    """Whether every figure asked for is at most what counts as none. A hidden one (None) is more than that."""
    return bool(most) and all((n := figures.get(key, 0)) is not None and n <= limit for key, limit in most.items())


def too_close(ended: date, begins: date, months: int = APART_MONTHS) -> bool:
    """Whether a check that begins on `begins` comes sooner than `months` after one that ended on `ended`."""
    return begins < months_later(ended, months)


def relapsed(closed: date, noted: date) -> bool:
    """Whether a problem noted on `noted` counts as the one signed off on `closed` come back."""
    return closed <= noted < months_later(closed, RELAPSE_MONTHS)


@dataclass(frozen=True)
class Place:
    """A target or a member as a mode sees it: its own path in the tree of places, and its township's ("" for none)."""

    path: str
    township: str
    unit: int = 0


def mode_faults(
    mode: str, targets: Sequence[Place], team: Sequence[Place], *, base: str = "", joint: bool = False
) -> list[str]:
    """Codes of what keeps a round of this mode from beginning.

    with_villages 巡镇带村: a township stands among the targets and every village belongs to one of them.
    extended 延伸: every target lies below the leading body's own target `base` and is not the township itself.
    crossed 交叉: nobody of the team belongs to the township of a target.
    joint 市区联动: a second leading unit, with people of both in the team.
    """
    found = []
    towns = {t.path for t in targets if t.township == t.path}
    if mode == "with_villages":
        if not towns:
            found.append("no_township")
        if not any(t.path not in towns for t in targets):
            found.append("no_village")
        if any(t.township not in towns for t in targets):
            found.append("village_elsewhere")
    elif mode == "extended" and towns:
        found.append("not_below")
    elif mode == "crossed" and {t.township for t in targets if t.township} & {m.township for m in team if m.township}:
        found.append("own_township")
    elif mode == "joint" and (not joint or len({m.unit for m in team}) < 2):
        found.append("one_level")
    return found


def class_faults(units: int, problem: str) -> list[str]:
    """Codes of what keeps a small class from beginning: a few units, one problem they share."""
    found = [] if CLASS_LEAST <= units <= CLASS_MOST else ["class_size"]
    return found if problem.strip() else [*found, "class_topic"]


@dataclass(frozen=True)
class Entry:
    """What was written about one item. `base` is the `uid` of what its writer saw there; "" if there was nothing."""

    uid: str
    item: int
    base: str
    mark: str
    text: str
    state: str = ""  # current, replaced, contested, dropped

    @property
    def said(self) -> tuple[str, str]:
        return self.mark, self.text.strip()


def merge(kept: Iterable[Entry], arrived: Iterable[Entry]) -> dict[str, Entry]:
    """All entries by `uid` after those that arrived, each with its state. Nothing is ever left out.

    An entry written on what counts now takes its place; written on something that waits for a decision, it waits in
    its place; the same words as count now change nothing; anything else differs and waits for a person. An entry that
    came before (a line that broke) is not taken twice. The order among devices does not matter for what is kept.
    """
    entries = {entry.uid: entry for entry in kept}
    current = {entry.item: entry.uid for entry in entries.values() if entry.state == "current"}
    for entry in arrived:
        if entry.uid in entries:
            continue
        now = entries.get(current.get(entry.item, ""))
        seen = entries.get(entry.base)
        if now is None or entry.base == now.uid:
            state = "current"
            if now:
                entries[now.uid] = replace(now, state="replaced")
            current[entry.item] = entry.uid
        elif entry.said == now.said:
            state = "replaced"
        else:
            state = "contested"
        if seen and seen.state == "contested" and seen.item == entry.item:
            entries[seen.uid] = replace(seen, state="replaced")
        entries[entry.uid] = replace(entry, state=state)
    return entries


def decide(kept: Iterable[Entry], uid: str) -> dict[str, Entry]:
    """A person's choice among what counts and what differs on one item: the rest is kept as not taken."""
    entries = {entry.uid: entry for entry in kept}
    item = entries[uid].item
    for other in list(entries.values()):
        if other.item == item and other.state in ("current", "contested"):
            entries[other.uid] = replace(other, state="current" if other.uid == uid else "dropped")
    return entries


def pairs(
    units: Sequence[int], forbidden: Iterable[tuple[int, int]], before: Mapping[int, int] | None = None
) -> dict[int, int]:
    """Who checks whom (checker → target) so that everybody checks once and is checked once; {} where it cannot be.

    `units` in the order of the lot. Never oneself, never a forbidden (checker, target); where it can be, not the
    target of last time and not one's own checker. Augmenting paths over wishes in that order (Kuhn), so that the same
    lot always gives the same pairs.
    """
    barred = set(forbidden) | {(unit, unit) for unit in units}
    last = set((before or {}).items())
    for avoided in (last, set()):
        found = _matched(units, barred | avoided)
        if found:
            return found
    return {}


def _matched(units: Sequence[int], barred: set[tuple[int, int]]) -> dict[int, int]:
    wishes = {
        unit: [other for other in (*units[n + 1 :], *units[:n]) if (unit, other) not in barred]
        for n, unit in enumerate(units)
    }
    checker_of: dict[int, int] = {}

    def place(unit: int, tried: set[int]) -> bool:
        for target in wishes[unit]:
            if target in tried:
                continue
            tried.add(target)
            if target not in checker_of or place(checker_of[target], tried):
                checker_of[target] = unit
                return True
        return False

    if not all(place(unit, set()) for unit in units):
        return {}
    return {checker: target for target, checker in checker_of.items()}
