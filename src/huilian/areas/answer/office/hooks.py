"""Where flows put themselves: who keeps the cases that talks are held for, what is exchanged with other systems."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Keeper:
    """`works_on(user, number)`: whether the user works on this open case; `keeps_away`: whether they must step back."""

    works_on: Callable[[object, str], bool]
    keeps_away: Callable[[object, str], bool]


cases: dict[str, Keeper] = {}  # first letters of a case number → who keeps such cases


@dataclass(frozen=True)
class Source:
    """What an area gives to another system: `rows(since, until)` yields plain values by field, no name and no text;
    `codes` are the fields whose values are mapped, with their codes; `knows(number)` whether a number is its own."""

    fields: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    rows: Callable[[date, date], Iterable[dict[str, str]]]
    knows: Callable[[str], bool]


sources: dict[str, Source] = {}  # key of a profile's source → who fills it
