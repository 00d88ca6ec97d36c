"""Reads of the watchers with a name."""

from .figures import clusters, concurrent_heads, coverage, response, strata
from .public import certified, watchers_of
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
    "asked_of", "bodies_of", "certified", "clusters", "concurrent_heads", "coverage", "covered_readers", "letters_for",
    "of_bodies", "own_seats", "response", "strata", "visible_reports", "visible_seats", "watchers_of",
]  # fmt: skip
