"""Where flows put themselves: what a source tells about a number of its own, and who is told how a lead ended."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """What a source knows: the form of registering begins with it."""

    summary: str = ""
    unit: object = None
    place: object = None
    field: str = "other"
    persons: tuple = ()


sources: dict[str, Callable[..., Given]] = {}  # source code → (number, by) → Given; raises Refused for a wrong number
ended: list[Callable] = []  # (lead, by): after a lead is closed, in the same transaction
