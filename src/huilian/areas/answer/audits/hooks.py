"""What others give to an audit: flows put themselves in at start-up; what is not there is not missed.

`books` draws figures of a place over a stretch, as sections of `models.Taking.body`.
`keepers` names the people who kept the books of a place in that stretch: they do not audit them.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from huilian.engine.directory.models import Place

books: list[Callable[[Place, date, date], list[dict[str, Any]]]] = []
keepers: list[Callable[[Place, date, date], set[int]]] = []  # primary keys of persons


def draw(place: Place, first: date, last: date) -> list[dict[str, Any]]:
    """Every section that somebody gives, in their order."""
    return [section for one in books for section in one(place, first, last)]


def kept_by(place: Place, first: date, last: date) -> set[int]:
    return {person for one in keepers for person in one(place, first, last)}
