"""Where flows put themselves: what proposes problems to a campaign."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Proposal:
    """One problem a source sees. `ref` tells it apart within its source: proposed once, whatever came of it."""

    ref: str
    unit: object
    fact: str
    aspect: str = ""  # key of an aspect, where the campaign's kind has it
    amount_cents: int | None = None


@dataclass(frozen=True)
class Source:
    """`find(campaign, by)` gives what lies in the campaign's days and in reach of `by`; never a person's rank or a
    citizen's words, only units, numbers and facts of the house."""

    name: object
    find: Callable[..., Iterable[Proposal]]


sources: dict[str, Source] = {}
