"""Where a report may go on: other areas' doors, put in by flows. None of them is known here."""

from collections.abc import Callable
from dataclasses import dataclass


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


WAYS: dict[str, Way] = {}


def open_to(report) -> list[Way]:
    """The ways this report may go."""
    return [way for way in WAYS.values() if way.secret == report.is_secret and way.fits(report)]


def result_of(report) -> str:
    """What came of a report that went on."""
    return WAYS[report.way].result(report.passed_to) if report.way in WAYS else ""


def lead_to(way: Way) -> None:
    WAYS[way.key] = way
