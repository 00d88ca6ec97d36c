"""「重点事」 Works and leases that run in a village raise how often its watchers look at works and at assets."""

from collections.abc import Iterable

from huilian.areas.hear.watchers.queries.figures import MATTERS
from huilian.areas.watch.collective.queries.things import contracts_of
from huilian.areas.watch.works.queries.public import works_in
from huilian.engine.directory.models import Place
from huilian.engine.trail.actors import SYSTEM

OVER = ("closed", "withdrawn")
LET = ("lease", "contracting")


def running(place: Place) -> Iterable[tuple[str, int]]:
    """Public works that are neither archived nor given up, as (what kind, cents)."""
    return [("工程", w.contract_cents or w.estimate_cents) for w in works_in(place).exclude(stage__in=OVER)]


def leased(place: Place) -> Iterable[tuple[str, int]]:
    """Assets and land the collective has let, as (what kind, cents of the whole contract)."""
    found = contracts_of(SYSTEM).filter(set__place=place, direction="income", kind__in=LET, status="active")
    return [("发包租赁", contract.total_cents) for contract in found]


MATTERS += [running, leased]
