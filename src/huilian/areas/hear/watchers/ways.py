"""Where a report may go on: other areas' doors, put in by flows. None of them is known here."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """`run(report, text, by=…)` gives the business number over there; `text` is what the officer wrote for them, or
    for a secret way the sealed words as the officer just opened them."""

    key: str
    name: object
    run: Callable[..., str]
    secret: bool = False


WAYS: dict[str, Way] = {}


def lead_to(way: Way) -> None:
    WAYS[way.key] = way
