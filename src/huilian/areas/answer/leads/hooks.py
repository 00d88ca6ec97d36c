"""Where flows put themselves: what a source tells about a number of its own, and who is told of lead and end."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """What a source knows: the form of registering begins with it. `files` gives (name, open file) of each when the
    lead is registered; `registered(lead, by)` notes the number there, in the same transaction."""

    summary: str = ""
    unit: object = None
    place: object = None
    field: str = "other"
    naming: str = ""
    persons: tuple = ()
    files: Callable = tuple
    registered: Callable = lambda lead, by: None


sources: dict[str, Callable[..., Given]] = {}  # source code → (number, token, by) → Given; raises Refused
ended: list[Callable] = []  # (lead, by): after a lead is closed, in the same transaction
