"""Where the lines of an item come from. An area never reaches into another: flows put the sources in here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from huilian.engine.directory.models import Place

from .rules import Period


@dataclass(frozen=True)
class Body:
    """「公开内容」 A table and what is known about it.

    `columns`: {key, zh, en, kind}; rows in their order: money whole cents, dates ISO text. `facts` are what the plain
    words need beyond the rows: balance_cents, population. `expected_rows`: how many lines there must be (vouchers).
    """

    columns: Sequence[Mapping]
    rows: Sequence[Sequence]
    facts: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    expected_rows: int | None = None


SOURCES: dict[str, Callable[[Place, Period], Body]] = {}


def source(key: str) -> Callable:
    """`@source("finance.monthly")`: the function gives the Body for a place and a period, or raises Refused."""

    def declare(draft: Callable[[Place, Period], Body]) -> Callable[[Place, Period], Body]:
        SOURCES[key] = draft
        return draft

    return declare
