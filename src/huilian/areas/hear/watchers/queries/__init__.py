"""Reads of the watchers with a name."""

from .figures import clusters, concurrent_heads, coverage, response, strata
from .public import (
    body_of_code,
    card_of,
    certified,
    duty_reports_of,
    is_serving,
    photo_of,
    told_to,
    topics,
    watchers_of,
)
from .reach import (
    asked_of,
    bodies_of,
    covered_readers,
    letters_for,
    of_bodies,
    own_seats,
    visible_reports,
    visible_seats,
)

__all__ = [
    "asked_of",
    "bodies_of",
    "body_of_code",
    "card_of",
    "certified",
    "clusters",
    "concurrent_heads",
    "coverage",
    "covered_readers",
    "duty_reports_of",
    "is_serving",
    "letters_for",
    "of_bodies",
    "own_seats",
    "photo_of",
    "response",
    "strata",
    "told_to",
    "topics",
    "visible_reports",
    "visible_seats",
    "watchers_of",
]  # fmt: skip
