"""「重点事」 Works that run in a village raise how often its watchers look at works."""

from collections.abc import Iterable

from huilian.areas.hear.watchers.queries.figures import MATTERS
from huilian.areas.watch.works.queries.public import works_in
from huilian.engine.directory.models import Place

OVER = ("closed", "withdrawn")


def running(place: Place) -> Iterable[tuple[str, int]]:
    """Public works that are neither archived nor given up, as (what kind, cents)."""
    return [("工程", w.contract_cents or w.estimate_cents) for w in works_in(place).exclude(stage__in=OVER)]


MATTERS.append(running)
