"""Rules of campaigns, without Django: two lists compared, small counts, when a festival is reminded of.

Figures without a rule above the county are its defaults (`origin: default`): five as the smallest count shown, six
months of effect of a caution, ten working days to appeal and fifteen to decide it.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SMALLEST = 5
EFFECT_MONTHS, MOST_MONTHS = 6, 24  # of a caution: what the form begins with, and the most
APPEAL_WITHIN, APPEAL_ANSWERED = 10, 15  # working days to appeal, and to decide the appeal


@dataclass
class Compared:
    """Rows of two lists by a key: `both` (left row, right row), what stands on one side only, rows without a key."""

    both: dict[str, tuple[int, int]] = field(default_factory=dict)
    left_only: dict[str, int] = field(default_factory=dict)
    right_only: dict[str, int] = field(default_factory=dict)

    def side(self, name: str) -> Mapping[str, tuple[int | None, int | None]]:
        """What counts as a difference: `both`, `left` or `right`, as (left row, right row)."""
        if name == "both":
            return dict(self.both)
        if name == "left":
            return {key: (row, None) for key, row in self.left_only.items()}
        return {key: (None, row) for key, row in self.right_only.items()}


def compare(left: Iterable[tuple[int, str]], right: Iterable[tuple[int, str]]) -> Compared:
    """(row, key) of two lists. Of a key that stands twice on a side the first row is named."""
    first: dict[str, int] = {}
    second: dict[str, int] = {}
    for rows, into in ((left, first), (right, second)):
        for row, key in rows:
            into.setdefault(key, row)
    return Compared(
        both={key: (row, second[key]) for key, row in first.items() if key in second},
        left_only={key: row for key, row in first.items() if key not in second},
        right_only={key: row for key, row in second.items() if key not in first},
    )


def shown(count: int, smallest: int = SMALLEST) -> int | None:
    """`count` as everybody may read it; None where it is so small that it would point at somebody."""
    return None if 0 < count < smallest else count


def shown_part(part: int, whole: int, smallest: int = SMALLEST) -> int | None:
    """As `shown`, and hidden as well where the rest of `whole` is small: it could be worked out by subtraction."""
    return None if shown(whole, smallest) is None or shown(whole - part, smallest) is None else shown(part, smallest)


def effect_ends(first: date, months: int) -> date:
    """The last day of an effect of so many months from `first` on."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, last)) - timedelta(days=1)


def faults(
    day: date,
    declared: date,
    days_before: int,
    after_due: date,
    reported: date | None,
    figures: Mapping[str, tuple[int | None, int | None]],
) -> list[str]:
    """What is late or over in a report of a family occasion: `figures` are (limit, value), None where there is none."""
    found = [name for name, (most, value) in figures.items() if most is not None and value is not None and value > most]
    if days_before and declared > day - timedelta(days=days_before):
        found.append("late_before")
    if reported and reported > after_due:
        found.append("late_after")
    return found
