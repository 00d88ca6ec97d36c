"""「试算」 Rules and queries tried on the county's own data: bounded in time, memory and rows, personal columns masked.

Nothing is written but one event, and nothing can be reached but copies of the datasets in memory.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from sqlglot import exp
from sqlglot.errors import SqlglotError

from huilian.engine.access.queries import require, scope_of
from huilian.engine.alerts.models import Alert
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import today

from . import duck, queries, rulesql, saying
from .binding import bind, tree
from .checking import check
from .dataset import Dataset
from .rule import HEAD, Broken, Fault, Rule, parse
from .services.writing import open_datasets
from .store import Store

SECONDS = 10.0
MEMORY = "512MB"
MOST_ROWS = 1000  # more than anybody reads; a rule that finds more in one county finds nothing
SHOWN = 100


@dataclass(frozen=True)
class Tried:
    """What came of a try: its faults and warnings, or its rows (masked, at most `SHOWN`) and the hits of each month."""

    faults: list[Fault] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    count: int = 0
    sentences: list[dict[str, str]] = field(default_factory=list)
    months: list["Month"] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        return not any(not fault.warning for fault in self.faults)


@dataclass(frozen=True)
class Month:
    """One month of a look back: what the rule would have found at its end, and what of it for the first time."""

    end: date
    found: int
    new: int


@dataclass(frozen=True)
class Backtest:
    """A rule with these parameters over past months, against what was in fact raised and how it was judged.

    `kept` and `lost` count, by verdict ("" = not judged), alerts that would and would not have been raised; `added` is
    what would have been raised and was not.
    """

    rule: str
    values: dict[str, Any]
    months: list[Month]
    kept: dict[str, int]
    lost: dict[str, int]
    added: int


def try_out(text: str, *, by, seconds: float = SECONDS, as_of: date | None = None) -> Tried:
    """Try a rule (with its head) or a bare SELECT. Raises `NotAllowed`; faults of the text are part of the answer."""
    require(by, "screening.write")
    if not scope_of(by, "screening.write").whole:
        raise NotAllowed(_("Rules are written for the whole county; your post does not reach it."))
    known, whole = open_datasets(), HEAD.match(text) is not None
    try:
        rule = parse(text) if whole else _bare(text, known)
        faults = check(rule, known) if whole else rulesql.lint(rule, known, free=True)
    except Broken as broken:
        return Tried(faults=broken.faults)
    if any(not fault.warning for fault in faults):
        return Tried(faults=faults)
    day = as_of or today()
    store = Store({name: known[name] for name in rule.reads}, memory=MEMORY)
    try:
        store.load()
        if store.faults:
            return Tried(faults=[Fault(f"{name}: {why}") for name, why in store.faults.items()])
        with duck.time_limit(store.con, seconds):
            tried = _run(store, rule, day, faults, whole)
    except Broken as broken:
        return Tried(faults=[*faults, *broken.faults])
    finally:
        store.close()
    with transaction.atomic():
        record("screening.try", "screening:try", by=by, data={"rows": tried.count, "text": rule.sql[:2000]})
    return tried


def backtest(
    rule_id: str, changes: Mapping[str, Any] | None = None, *, since: date | None = None, until: date | None = None,
    store: Store | None = None,
) -> Backtest:  # fmt: skip
    """What a rule would have raised month by month, last year by default, with some parameters changed."""
    r = queries.rule_of(rule_id)
    for name in changes or {}:
        if name not in r.rule.parameters:
            raise Invalid(_("The rule has no parameter “%(name)s”.") % {"name": name}, field="set")
    values = {**r.values, **{name: queries.typed(r.rule, name, v) for name, v in (changes or {}).items()}}
    until = until or today()
    since = since or until.replace(year=until.year - 1, day=1)
    if since > until:
        raise Invalid(_("The first day is after the last."), field="from")
    mirror = store or Store()
    try:
        if store is None:
            mirror.load([name for name in r.rule.reads if name in mirror.datasets])
        months, names = _months(mirror, r.rule, values, since, until)
    finally:
        if store is None:
            mirror.close()
    raised = {
        (subject, key): verdict
        for subject, key, verdict in Alert.objects.filter(
            rule=rule_id, raised_at__date__gte=since, raised_at__date__lte=until
        ).values_list("subject", "key", "verdict")
    }
    kept: dict[str, int] = defaultdict(int)
    lost: dict[str, int] = defaultdict(int)
    for name, verdict in raised.items():
        (kept if name in names else lost)[verdict] += 1
    return Backtest(rule_id, values, months, dict(kept), dict(lost), len(names - raised.keys()))


# ---------------------------------------------------------------------- inside


def _bare(text: str, known: Mapping[str, Dataset]) -> Rule:
    """A SELECT without a head, as a rule that has nothing but its SQL."""
    sql = text.strip().rstrip(";").rstrip()
    if not sql:
        raise Broken([Fault(_("There is nothing to try yet."))])
    try:
        root = tree(sql)
    except SqlglotError:
        names: set[str] = set()  # the linter says what is wrong with it
    else:
        inner = {cte.alias for cte in root.find_all(exp.CTE)}
        names = {table.name for table in root.find_all(exp.Table)} - inner
    return Rule(id="", names={}, group="", grain="county", reads=tuple(sorted(names)), levels={}, explain={}, weight=1,
                status="trial", owner="", sql=sql, text=text)  # fmt: skip


def _run(store: Store, rule: Rule, day: date, faults: list[Fault], whole: bool) -> Tried:
    personal = saying.personal_facts(rule.sql, store.datasets, rule.reads)
    sql = bind(rule.sql, rule.values, day, schema="base")
    columns, rows = duck.fetch(store.con, rule, sql, most=MOST_ROWS)
    shown = [list(saying.masked(dict(zip(columns, row, strict=True)), personal).values()) for row in rows[:SHOWN]]
    if not whole:
        return Tried(faults, columns, shown, len(rows))
    found = store.find(rule, rule.values, day)
    sentences = [
        saying.explain(rule.explain, {**rule.values, "as_of": day, **saying.masked(f.facts, personal)})
        for f in found[:SHOWN]
    ]
    months, _names = _months(store, rule, rule.values, day.replace(year=day.year - 1, day=1), day)
    return Tried(faults, columns, shown, len(rows), sentences, months)


def _months(
    store: Store, rule: Rule, values: Mapping[str, Any], since: date, until: date
) -> tuple[list[Month], set[tuple[str, str]]]:
    months: list[Month] = []
    seen: set[tuple[str, str]] = set()
    for end in _ends(since, until):
        store.back_to(end)
        names = {(f.subject, f.key) for f in store.find(rule, values, end, schema="past")}
        months.append(Month(end, len(names), len(names - seen)))
        seen |= names
    return months, seen


def _ends(since: date, until: date) -> list[date]:
    """The last day of every month from `since` on, and `until` itself."""
    ends, day = [], since.replace(day=1)
    while True:
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        if after > until:
            return [*ends, until]
        ends.append(after - timedelta(days=1))
        day = after
