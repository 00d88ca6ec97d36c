"""Where a report may go on, and what a committee looks at: other areas' doors, put in by flows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Way:
    """`run(report, text, by=…)` gives the business number over there; `text` is what the officer wrote for them, or
    for a secret way the sealed words as the officer just opened them. `fits` says for which reports it is open;
    `result(number)` what came of it over there in words whoever reported may read, empty while it runs."""

    key: str
    name: object
    run: Callable[..., str]
    secret: bool = False
    fits: Callable[..., bool] = lambda report: True
    result: Callable[[str], str] = lambda number: ""


@dataclass(frozen=True)
class Bill:
    """A bill of the village that waits for the committee's stamp."""

    name: str
    on: date
    summary: str
    cents: int
    url: str


WAYS: dict[str, Way] = {}
BILLS: list[Callable[..., Iterable[Bill]]] = []  # of a user and a place


def open_to(report) -> list[Way]:
    """The ways this report may go."""
    return [way for way in WAYS.values() if way.secret == report.is_secret and way.fits(report)]


def result_of(report) -> str:
    """What came of a report that went on."""
    return WAYS[report.way].result(report.passed_to) if report.way in WAYS else ""


def lead_to(way: Way) -> None:
    WAYS[way.key] = way
