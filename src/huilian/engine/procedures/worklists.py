"""Long lists of cases: what lies with a person, in which order, how many at each lamp. Made for a million rows."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from time import monotonic

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q, QuerySet

from huilian.engine.access.queries import powers_of

from .definition import Definition
from .guards import units_of
from .models import Case, Procedure, State

LEVELS = ("red", "orange", "yellow", "ok", "pause")
COLOURS = {"ok": 0, "yellow": 1, "orange": 2, "red": 3}
URGENCY = ("is_paused", "-colour", "due_on", "id")  # as the indexes of Case stand

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
    conditions = _ways_to_act(user)
    open_cases = Case.objects.filter(state=State.OPEN)
    return open_cases.filter(reduce(or_, conditions)) if conditions else open_cases.none()


def task_parts(user) -> list[QuerySet[Case]]:
    """The same rows in parts that share none, each with an index of its own: for long lists."""
    return [Case.objects.filter(condition, state=State.OPEN) for condition in _ways_to_act(user)]


def _ways_to_act(user) -> list[Q]:
    """One condition for each kind and for centre and unit. No row fits two: a step has one holder."""
    roles = {holding.role.key for holding in powers_of(user)}
    if not roles:
        return []
    by_kind: dict[str, dict[int, frozenset]] = {}
    families = {definition.kind for definition in definitions().values() if definition.in_family}
    for pk, definition in definitions().items():
        by_kind.setdefault(definition.kind, {})[pk] = _places(definition, roles)
    units = {kept: units_of(user, kept) for places in _flat(by_kind) for kept, _step in places if kept}
    found = []
    for kind, versions in by_kind.items():
        ways = []
        for places, pks in _alike(versions):
            version = {} if len(pks) == len(versions) else {"procedure__in": pks}
            ways += [Q(**version, **lies) for lies in _lies(places, units)]
        if kind in families and ways:  # a county draws a hundred: one part, not a hundred
            ways = [reduce(or_, ways)]
        found += [Q(kind=kind) & way for way in ways]
    return found


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


def _lies(places: frozenset, units: dict[tuple, set[int]]) -> list[dict]:
    steps: dict[tuple, list[str]] = {}
    for roles, step in places:
        steps.setdefault(roles, []).append(step)
    found = []
    for roles, keys in sorted(steps.items()):
        if not roles:
            found.append({"step__in": sorted(keys)})
        elif units[roles]:
            found.append({"step__in": sorted(keys), "unit__in": sorted(units[roles])})
    return found


def with_level(cases: QuerySet[Case], level: str) -> QuerySet[Case]:
    """Only the cases of one lamp."""
    if level == "pause":
        return cases.filter(is_paused__in=[True])
    return cases.filter(is_paused__in=[False], colour=COLOURS[level])  # "in": "NOT is_paused" would use no index


def keys_of(parts: Sequence[QuerySet[Case]], order: Sequence[str], start: int, stop: int) -> list[int]:
    """Ids of rows `start` to `stop` of all `parts` in one `order`: one query, in which each part walks its own index
    and gives no more than `stop` rows."""
    names, sqls, given = [name.lstrip("-") for name in order], [], []
    for part in parts:
        try:
            sql, params = part.order_by(*order).values(*names)[:stop].query.get_compiler(part.db).as_sql()
        except EmptyResultSet:
            continue
        sqls.append(f"SELECT * FROM ({sql}) AS part{len(sqls)}")
        given += params
    if not sqls or start >= stop:
        return []
    connection = connections[parts[0].db]
    columns = [connection.ops.quote_name(name) for name in names]
    ordered = ", ".join(f"{c} {'DESC' if o[0] == '-' else 'ASC'}" for c, o in zip(columns, order, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({' UNION ALL '.join(sqls)}) AS every ORDER BY {ordered} "
            f"LIMIT {stop - start} OFFSET {start}",
            given,
        )
        return [pk for (pk,) in cursor.fetchall()]
