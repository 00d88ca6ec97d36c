"""What parts above know about what alerts rest on: the text of a rule, the headings of a dataset, the page of a row.

An app declares it in `alert_source.py`:

    SOURCE = Source(rule_text=…, title=…, headings=…, addresses=…, states=…)

Alerts of clocks need none of it; without any such app everything is shown as it was stored.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from django.apps import apps


class Heading(NamedTuple):
    """How a column of a dataset is called, in what it counts, whether it names a person, the words of its codes,
    whose number it is (person, account, unit, place), and whether people are shown it."""

    title: object
    unit: str = ""
    personal: bool = False
    words: Mapping[str, object] = {}
    refers: str = ""
    shown: bool = True


@dataclass(frozen=True)
class Source:
    """One part's knowledge; each answers with nothing for what is not its own."""

    rule_text: Callable[[str, str], str]  # (rule, version): the file as it stood then
    title: Callable[[str], str]  # dataset: its name for people
    headings: Callable[[str], Mapping[str, Heading]]  # dataset: its columns
    addresses: Callable[
        [Sequence[str]], Mapping[str, str]
    ]  # "voucher:12": the page that shows it to whoever may see it
    states: Callable[[Iterable[str]], Mapping[str, str]]  # rules: trial, active, demoted in words


@cache
def declared() -> tuple[Source, ...]:
    found = []
    for config in apps.get_app_configs():
        name = f"{config.name}.alert_source"
        if config.name.startswith("huilian.") and find_spec(name):
            found.append(import_module(name).SOURCE)
    return tuple(found)


def _first(answers):
    return next((answer for answer in answers if answer), None)


def rule_text(rule: str, version: str) -> str:
    """The whole text of a rule in that version, "" when nobody keeps it (rules of clocks are part of the product)."""
    return _first(source.rule_text(rule, version) for source in declared()) or ""


def title_of(dataset: str) -> str:
    return _first(source.title(dataset) for source in declared()) or ""


def headings_of(dataset: str) -> Mapping[str, Heading]:
    return _first(source.headings(dataset) for source in declared()) or {}


def addresses_of(subjects: Iterable[str]) -> dict[str, str]:
    """The pages that show subjects and rows, as far as somebody has one; what may be seen there the page decides."""
    wanted, found = list(dict.fromkeys(subjects)), {}
    for source in declared():
        found |= source.addresses(wanted)
    return found


def states_of(rules: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in declared():
        found |= source.states(rules)
    return found
