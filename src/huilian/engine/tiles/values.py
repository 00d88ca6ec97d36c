"""What a tile shows. Every rate carries what it was counted from; nothing counted is no rate, never 0 or 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

NO_RATE = "—"


@dataclass(frozen=True)
class Rate:
    """「率」 `part` of `whole`."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> str:
        """98.6, without the sign; 100 only where it is all of them."""
        if not self.whole:
            return NO_RATE
        shown = f"{self.part / self.whole * 100:.1f}"
        if shown == "100.0":
            return "100" if self.part == self.whole else "99.9"
        return shown

    def __str__(self) -> str:
        return f"{self.percent}%" if self.whole else NO_RATE


@dataclass(frozen=True)
class Change:
    """「同比·环比」 From `base` to `value`. From nothing there is no percentage."""

    value: int
    base: int

    @property
    def up(self) -> bool | None:
        return None if self.value == self.base else self.value > self.base

    def __str__(self) -> str:
        if not self.base:
            return NO_RATE
        return f"{(self.value - self.base) / self.base * 100:+.1f}%".replace("-", "−")


@dataclass(frozen=True)
class Number:
    """One number with the count it rests on. `formula` is printed with its figures put in."""

    value: object
    unit: object = ""
    formula: object = ""
    delta: object = ""
    up: bool | None = None
    series: Sequence[float] = ()
    level: str = ""


@dataclass(frozen=True)
class Bars:
    """Names with counts, longest first. A row is (name, count, address)."""

    rows: Sequence[tuple[str, int, str]]

    @property
    def most(self) -> int:
        return max((n for _name, n, _href in self.rows), default=0)


@dataclass(frozen=True)
class Lamps:
    """Counts by level. A row is (level, words, note, count, address)."""

    rows: Sequence[tuple[str, object, object, int, str]]


@dataclass(frozen=True)
class PlaceTile:
    """One place: how much is open there, its alerts by level, and how full it is among the others (1 to 5)."""

    name: str
    value: int
    levels: Sequence[tuple[str, int]]
    heat: int
    href: str = ""

    @property
    def worst(self) -> str:
        return self.levels[0][0] if self.levels else ""


@dataclass(frozen=True)
class Places:
    rows: Sequence[PlaceTile]


@dataclass(frozen=True)
class UnitRow:
    """One unit: open, over the limit, and the on-time rate in both definitions."""

    name: str
    open: int
    overdue: int
    of_closed: Rate
    of_due: Rate
    href: str = ""


@dataclass(frozen=True)
class Units:
    rows: Sequence[UnitRow]
    left_out: int = 0


@dataclass(frozen=True)
class Trend:
    """Counts by day in a few lines: [(name, [count, …])]."""

    days: Sequence[date]
    lines: Sequence[tuple[object, Sequence[int]]]


@dataclass(frozen=True)
class FeedItem:
    level: str
    words: str
    where: str
    who: str
    at: datetime
    href: str = ""


@dataclass(frozen=True)
class Feed:
    items: Sequence[FeedItem]
    more: int = 0


def heat_of(values: Sequence[int]) -> list[int]:
    """For each value how full it is among all, 1 to 5, in equal steps of the largest; nothing is always 1."""
    most = max(values, default=0)
    return [1 + min(4, value * 5 // (most + 1)) if most else 1 for value in values]
