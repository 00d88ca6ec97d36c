"""Long lists of cases: what lies with a person, in which order, how many at each lamp. Made for a million rows."""

from collections.abc import Iterable, Sequence
from time import monotonic

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q, QuerySet

from huilian.engine.access.queries import powers_of
from huilian.engine.clocks.models import Clock

from .definition import Definition
from .guards import units_of
from .models import Case, Procedure, State

LEVELS = ("red", "orange", "yellow", "ok", "pause")
COLOURS = {"ok": 0, "yellow": 1, "orange": 2, "red": 3}
URGENCY = ("is_paused", "-colour", "due_on", "id")  # as the indexes of Case stand
MOST = 10_000  # a list tells no larger number: nobody pages that far, and counting a million rows would cost seconds

FRESH = 1.0  # seconds a process trusts its copy; another process may have published meanwhile

_definitions: dict[str, Definition] = {}  # by digest: a published version never changes
_kept: tuple[float, dict[int, Definition]] | None = None


def definitions() -> dict[int, Definition]:
    """Every published version by its key in the database: one small query a second. A text is parsed once."""
    global _kept
    kept = _kept
    if kept is None or monotonic() - kept[0] > FRESH:
        heads = list(Procedure.objects.order_by("pk").values_list("pk", "digest"))
        if missing := [pk for pk, digest in heads if digest not in _definitions]:
            for procedure in Procedure.objects.filter(pk__in=missing):
                _definitions[procedure.digest] = procedure.definition
        kept = _kept = (monotonic(), {pk: _definitions[digest] for pk, digest in heads})
    return kept[1]


def forget() -> None:
    """Ask the database anew: called where a version is published."""
    global _kept
    _kept = None


def tasks_of(user) -> QuerySet[Case]:
    """Open cases that lie with `user`: the step asks for a role they hold, in the unit responsible where it says so.

    Worked out from the published definitions, so that it is one condition on indexed columns however many cases
    there are. Who must step back (回避) is asked when the case is opened, not here.
    """
    roles = {holding.role.key for holding in powers_of(user)}
    open_cases = Case.objects.filter(state=State.OPEN)
    if not roles:
        return open_cases.none()
    by_kind: dict[str, dict[int, frozenset]] = {}
    for pk, definition in definitions().items():
        by_kind.setdefault(definition.key, {})[pk] = _places(definition, roles)
    units = {kept: units_of(user, kept) for places in _flat(by_kind) for kept, _step in places if kept}
    condition = Q()
    for kind, versions in by_kind.items():
        for places, pks in _alike(versions):
            narrowed = _lies(places, units)
            if narrowed:
                version = Q() if len(pks) == len(versions) else Q(procedure__in=pks)
                condition |= Q(kind=kind) & version & narrowed
    return open_cases.filter(condition) if condition else open_cases.none()


def _places(definition: Definition, roles: set[str]) -> frozenset:
    """(roles asked for in the unit, step) for each step where one of `roles` acts; no roles: any unit will do."""
    return frozenset(
        (tuple(step.roles) if step.holder == "unit" else (), step.key)
        for step in definition.steps
        if step.kind != "end" and step.holder != "anyone" and roles.intersection(step.roles)
    )


def _flat(by_kind) -> set:
    return {places for versions in by_kind.values() for places in versions.values()}


def _alike(versions: dict[int, frozenset]) -> list[tuple[frozenset, list[int]]]:
    """Versions that say the same together: as a rule all of them, and then none need be named."""
    groups: dict[frozenset, list[int]] = {}
    for pk, places in versions.items():
        groups.setdefault(places, []).append(pk)
    return list(groups.items())


def _lies(places: frozenset, units: dict[tuple, set[int]]) -> Q:
    steps: dict[tuple, list[str]] = {}
    for roles, step in places:
        steps.setdefault(roles, []).append(step)
    condition = Q()
    for roles, keys in sorted(steps.items()):
        if not roles:
            condition |= Q(step__in=sorted(keys))
        elif units[roles]:
            condition |= Q(unit__in=sorted(units[roles]), step__in=sorted(keys))
    return condition


def with_level(cases: QuerySet[Case], level: str) -> QuerySet[Case]:
    """Only the cases of one lamp."""
    if level == "pause":
        return cases.filter(is_paused=True)
    return cases.filter(is_paused=False, colour=COLOURS[level])


def counts_up_to(lists: Sequence[QuerySet], most: int = MOST) -> list[int]:
    """How many rows each of `lists` has, none beyond `most` + 1, all in one query."""
    parts, given = [], []
    for rows in lists:
        try:
            sql, params = rows.order_by().values("pk")[: most + 1].query.get_compiler(rows.db).as_sql()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")
        given += params
    with connections[lists[0].db].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        return list(cursor.fetchone())


def lamps(cases: QuerySet[Case], most: int = MOST) -> dict[str, int]:
    """How many of `cases` stand at each lamp and in all ("all"); a number above `most` means "more than `most`"."""
    counted = counts_up_to([with_level(cases, level) for level in LEVELS], most)
    found = dict(zip(LEVELS, counted, strict=True))
    found["all"] = sum(counted)
    return found


def running_clocks(cases: Iterable[Case]) -> dict[int, Clock]:
    """The clock by which each case is lit, by the case's key; no query where `lamp` came with the cases."""
    return {case.pk: case.lamp for case in cases if case.lamp_id}
