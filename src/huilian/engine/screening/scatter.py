"""Rules over a lake: cut into tasks by province, run one after the other here or by a cluster, told as one result.

Rules of grain village and county see a province at a time, of grain cross the whole lake: a rule keeps villages, or
counties, apart by itself.
"""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.utils.translation import gettext as _

from huilian.foundation.errors import Conflict, Invalid

from . import lake_task, saying
from .binding import DIALECT, bind, tree
from .catalogue import datasets
from .queries import house_rules
from .rule import OUTPUT, Rule

Runner = Callable[[Sequence[dict[str, Any]]], Iterable[dict[str, Any]]]
MEMORY = "1500MB"


@dataclass
class Outcome:
    """What a lake gave. `found` counts findings by rule; `skipped` names rules whose datasets the lake has not."""

    as_of: date
    found: dict[str, int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, list[str]] = field(default_factory=dict)
    faults: list[dict[str, str]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def cpu_seconds(self) -> float:
        return round(sum(part["cpu_seconds"] for part in self.parts), 2)

    @property
    def peak_mb(self) -> int:
        return max((part["peak_mb"] for part in self.parts), default=0)


def provinces(lake: Path) -> list[str]:
    """The partitions of a lake, the largest first: a cluster should not end on the longest."""
    size: Counter[str] = Counter()
    for file in lake.glob("*/province=*/*.parquet"):
        size[file.parent.name.removeprefix("province=")] += file.stat().st_size
    if not size:
        raise Invalid(_("%(folder)s is not a lake: there is no <dataset>/province=PP/….parquet.") % {"folder": lake})
    return [name for name, _bytes in sorted(size.items(), key=lambda item: (-item[1], item[0]))]


def chosen(ids: Sequence[str]) -> list[Rule]:
    """The house's rules, or those named. Raises `Invalid` for one nobody knows."""
    known, _faults = house_rules()
    for rule_id in ids:
        if rule_id not in known:
            raise Invalid(_("There is no rule %(id)s. `huilian rules list` shows all.") % {"id": rule_id}, field="rule")
    return [known[rule_id] for rule_id in (ids or known)]


def moment(lake: Path) -> date | None:
    """The day up to which a lake tells, if it says so: of shares the earliest."""
    days = [json.loads(f.read_text("utf-8")).get("as_of") for f in lake.glob("lake.json")]
    days += [json.loads(f.read_text("utf-8"))["written_at"][:10] for f in lake.glob("share-*.json")]
    return min((date.fromisoformat(day) for day in days if day), default=None)


def plan(
    lake: Path, out: Path, rules: Sequence[Rule], as_of: date, *, memory: str = MEMORY, threads: int = 2,
    whole: bool = False, personal: bool = False, dialect: str = DIALECT,
) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:  # fmt: skip
    """The tasks of a run, and the rules that cannot run here with the datasets or columns they lack.

    `whole` does not cut by province; `personal` keeps facts that name people, which are left out otherwise: whoever may
    read the lake finds them by the evidence.
    """
    names = sorted({name for rule in rules for name in rule.reads})
    lacking = {name: gap for name in names if (gap := _gap(lake, name))}
    skipped = {r.id: sorted({g for n in r.reads for g in lacking.get(n, ())}) for r in rules}
    skipped = {rule_id: gaps for rule_id, gaps in skipped.items() if gaps}
    known = datasets()
    bodies = []
    for rule in rules:
        if rule.id in skipped:
            continue
        sql = bind(rule.sql, rule.values, as_of, dialect=dialect)
        facts = set(_columns(rule)) - set(OUTPUT)
        given = set() if personal else saying.personal_facts(rule.sql, known, rule.reads) & facts
        bodies.append({"id": rule.id, "sql": sql, "grain": rule.grain, "reads": list(rule.reads),
                       "left_out": sorted(given)})  # fmt: skip
    shared = {
        "lake": str(lake.resolve()), "out": str(out.resolve()), "memory": memory, "threads": threads,
        "datasets": {n: [c.name for c in known[n].columns] for n in names if n in known},
    }  # fmt: skip
    cross = [b for b in bodies if b["grain"] == "cross"]
    local = [b for b in bodies if b["grain"] != "cross"]
    if whole:
        return [{**shared, "province": "*", "rules": bodies}], skipped
    tasks = [{**shared, "province": "*", "rules": cross}] if cross else []
    tasks += [{**shared, "province": name, "rules": local} for name in provinces(lake)] if local else []
    return tasks, skipped


def here(tasks: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Run tasks one after the other in this process."""
    return map(lake_task.run, tasks)


def screen_lake(
    lake: Path, *, out: Path | None = None, ids: Sequence[str] = (), as_of: date, runner: Runner = here, **how: Any
) -> Outcome:
    """Run rules over a lake; findings go to `out`/<rule>/<partition>.parquet, and what came of it to found.json."""
    rules = chosen(ids)
    provinces(lake)
    if out is not None and out.exists() and any(out.iterdir()):
        raise Conflict(_("%(folder)s is not empty: findings of two runs must not mix.") % {"folder": out})
    with tempfile.TemporaryDirectory(prefix="huilian-screen-") as spare:
        target = out or Path(spare)
        target.mkdir(parents=True, exist_ok=True)
        tasks, skipped = plan(lake, target, rules, as_of, **how)
        if ids and skipped:
            rule_id, gaps = next(iter(skipped.items()))
            raise Invalid(_("%(rule)s cannot run on this lake: it lacks %(what)s.")
                          % {"rule": rule_id, "what": ", ".join(gaps)}, field="rule")  # fmt: skip
        outcome = told(runner(tasks), Outcome(as_of, skipped=skipped))
        shutil.rmtree(target / ".spill", ignore_errors=True)
        versions = {r.id: {"version": r.version, "parameters": r.values} for r in rules if r.id not in skipped}
        body = {"as_of": as_of, "rules": versions, "found": outcome.found, "levels": outcome.levels,
                "skipped": skipped, "faults": outcome.faults, "parts": outcome.parts}  # fmt: skip
        (target / "found.json").write_text(json.dumps(body, ensure_ascii=False, indent=1, default=str), "utf-8")
    return outcome


def told(results: Iterable[dict[str, Any]], outcome: Outcome) -> Outcome:
    """The results of tasks as one."""
    found: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    for part in results:
        for rule_id, by_level in part["found"].items():
            found[rule_id] += sum(by_level.values())
            levels.update(by_level)
        outcome.faults += part["faults"]
        outcome.parts.append({k: v for k, v in part.items() if k not in ("found", "faults")})
    outcome.found, outcome.levels = dict(sorted(found.items())), dict(sorted(levels.items()))
    return outcome


# ---------------------------------------------------------------------- inside


def _columns(rule: Rule) -> list[str]:
    return [e.alias_or_name for e in tree(rule.sql).expressions]


def _gap(lake: Path, name: str) -> list[str]:
    """What the lake lacks of a dataset: all of it, or columns."""
    files = lake_task.files(str(lake), name, "*")
    if not files:
        return [name]
    con = duckdb.connect(":memory:")
    given = set.intersection(*(
        {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM read_parquet({lake_task.quoted(f)})").fetchall()}
        for f in files
    ))  # fmt: skip
    con.close()
    return [f"{name}.{column.name}" for column in datasets()[name].columns if column.name not in given]
