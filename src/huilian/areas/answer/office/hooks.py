"""Where flows put themselves: who keeps the cases that talks are held for, what is exchanged with other systems."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Keeper:
    """`works_on(user, number)`: whether the user works on this open case; `keeps_away`: whether they must step back."""

    works_on: Callable[[object, str], bool]
    keeps_away: Callable[[object, str], bool]


cases: dict[str, Keeper] = {}  # first letters of a case number → who keeps such cases
