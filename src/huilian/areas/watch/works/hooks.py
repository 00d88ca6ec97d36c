"""Who outside takes part: flows put themselves in at start-up, and an area that is not there is not missed.

`pay` makes a request to pay of a work's payment and gives its number, "" where the village keeps no books here.
`accepted` and `settled` are told that a work passed, and what it cost in the end; each may give an asset's number.
"""

from collections.abc import Callable

from .models import Pay, Project

pay: list[Callable[..., str]] = []  # (pay: Pay, *, by) -> number of the request
accepted: list[Callable[..., str]] = []  # (project: Project, *, by) -> number of the asset
settled: list[Callable[..., str]] = []


def ask(asked: list[Callable[..., str]], what: Pay | Project, *, by) -> str:
    """The first number that somebody answers with."""
    return next((number for one in asked if (number := one(what, by=by))), "")
