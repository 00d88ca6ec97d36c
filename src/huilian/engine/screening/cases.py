"""A rule's cases: rows that must raise it and rows that nearly do. They run in a database of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import duckdb
import yaml
from django.utils.translation import gettext as _

from . import duck, saying
from .dataset import SAMPLE_VILLAGE, Dataset
from .rule import LADDER, Broken, Fault, Rule

KEYS = {"name", "rows", "expect", "as_of", "parameters"}
EXPECTED = {"subject", "level", "key", "village_code"}
AT_LEAST = 2  # raising cases, and near misses


@dataclass(frozen=True)
class RuleCase:
    """One case: rows by dataset, and the findings they must give (none: a near miss)."""

    name: Any
    rows: Mapping[str, list[dict[str, Any]]]
    expect: list[dict[str, Any]]
    as_of: date
    parameters: Mapping[str, Any] = field(default_factory=dict)


def read(text: str, rule: Rule, file: str) -> list[RuleCase]:
    """The cases in a `<ID>.cases.yaml`. Raises `Broken`."""
    try:
        body = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Broken([Fault(_("The cases are not YAML: %(why)s.") % {"why": getattr(error, "problem", error)}, file,
                            mark.line + 1 if mark else 0)]) from None  # fmt: skip
    if not isinstance(body, dict) or not isinstance(body.get("cases"), list) or not _is_day(body.get("as_of")):
        raise Broken([Fault(_("A file of cases gives “as_of: 2026-06-30” and a list “cases”."), file)])
    found, faults = [], []
    for number, case in enumerate(body["cases"], 1):
        where = f"cases.{number}"
        if not isinstance(case, dict) or not case.get("name") or "expect" not in case or not case.get("rows"):
            faults.append(Fault(_("A case has a name, rows and expect."), file, 0, where))
        elif extra := set(case) - KEYS:
            faults.append(Fault(_("There is no “%(name)s” in a case.") % {"name": sorted(extra)[0]}, file, 0, where))
        elif any(set(e) - EXPECTED or not {"subject", "level"} <= set(e) for e in case["expect"]):
            faults.append(Fault(_("“expect” is a list of {subject, level, key, village_code}."), file, 0, where))
        elif unknown := set(case["rows"]) - set(rule.reads):
            names = {"name": sorted(unknown)[0]}
            faults.append(Fault(_("The rule does not read “%(name)s”.") % names, file, 0, where))
        elif unknown := set(case.get("parameters") or {}) - set(rule.parameters):
            names = {"name": sorted(unknown)[0]}
            faults.append(Fault(_("The rule has no parameter “%(name)s”.") % names, file, 0, where))
        else:
            found.append(RuleCase(case["name"], case["rows"], case["expect"], case.get("as_of") or body["as_of"],
                                  case.get("parameters") or {}))  # fmt: skip
    raising = sum(1 for case in body["cases"] if isinstance(case, dict) and case.get("expect"))
    if raising < AT_LEAST or len(body["cases"]) - raising < AT_LEAST:
        message = _("At least two cases must raise the rule and two must nearly do so; there are %(a)d and %(b)d.")
        faults.append(Fault(message % {"a": raising, "b": len(body["cases"]) - raising}, file))
    if faults:
        raise Broken(faults)
    return found


def try_all(rule: Rule, cases: Iterable[RuleCase], datasets: Mapping[str, Dataset], file: str) -> list[Fault]:
    """Run the cases; every difference from what they expect is a fault."""
    con = duck.connect(memory="256MB", threads=1)
    read_ = [datasets[name] for name in rule.reads]
    duck.create(con, read_)
    faults = []
    try:
        for number, case in enumerate(cases, 1):
            faults += [Fault(message, file, 0, f"cases.{number}") for message in _try(con, rule, case, datasets)]
    finally:
        con.close()
    return faults


def filled(dataset: Dataset, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Rows of a case with the dataset's defaults; keys left out are numbered, villages are the sample village."""
    keys = [row[dataset.key] for row in rows if row.get(dataset.key) is not None]
    number = max(keys, default=0)
    full = []
    for row in rows:
        if unknown := set(row) - set(dataset.by_name):
            raise ValueError(
                _("The dataset %(dataset)s has no column “%(name)s”.")
                % {"dataset": dataset.name, "name": sorted(unknown)[0]}
            )
        values = {c.name: c.default for c in dataset.columns} | row
        if values[dataset.key] is None:
            number += 1
            values[dataset.key] = number
        if "village_code" in values and values["village_code"] is None:
            values["village_code"] = SAMPLE_VILLAGE
        full.append(tuple(values.values()))
    return full


# ---------------------------------------------------------------------- inside


def _try(con: duckdb.DuckDBPyConnection, rule: Rule, case: RuleCase, datasets: Mapping[str, Dataset]) -> list[str]:
    refs = set()
    for name in rule.reads:
        dataset = datasets[name]
        con.execute(f"DELETE FROM {name}")
        try:
            rows = filled(dataset, case.rows.get(name) or [])
            if rows:
                con.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(dataset.columns))})", rows)
        except ValueError as error:
            return [str(error)]
        except duckdb.Error as error:
            return [_("A row of %(name)s does not fit its columns: %(why)s") % {"name": name, "why": str(error)[:200]}]
        place = [c.name for c in dataset.columns].index(dataset.key)
        refs |= {f"{name}:{row[place]}" for row in rows}
    try:
        found = duck.find(con, rule, {**rule.values, **case.parameters}, case.as_of)
    except Broken as broken:
        return [fault.message for fault in broken.faults]
    return [*_differences(case, found), *_bad_findings(rule, case, found, refs, datasets)]


def _differences(case: RuleCase, found: list[duck.Found]) -> list[str]:
    name = {"name": case.name.get("zh") if isinstance(case.name, Mapping) else case.name}
    left, problems = list(found), []
    for expected in case.expect:
        match = next((f for f in left if all(getattr(f, k) == v for k, v in expected.items())), None)
        if match is None:
            problems.append(_("“%(name)s” should raise %(what)s, and does not.") % {**name, "what": dict(expected)})
        else:
            left.remove(match)
    for extra in left:
        what = {"subject": extra.subject, "level": extra.level, "key": extra.key}
        problems.append(_("“%(name)s” raises %(what)s, which it does not expect.") % {**name, "what": what})
    return problems


def _bad_findings(
    rule: Rule, case: RuleCase, found: list[duck.Found], refs: set[str], datasets: Mapping[str, Dataset]
) -> list[str]:
    problems = []
    ladder = {LADDER[level] for level in rule.levels}
    if len({f.name for f in found}) < len(found):
        problems.append(_("Two rows have the same subject and key and would be one alert: let the key differ."))
    for f in found:
        if f.level not in ladder:
            problems.append(_("Level %(level)d is not in the ladder of the head.") % {"level": f.level})
        if not f.evidence:
            problems.append(_("%(subject)s rests on no evidence.") % {"subject": f.subject})
        if strange := [ref for ref in f.evidence if ref not in refs]:
            problems.append(_("The evidence %(ref)s is not a row of a dataset that is read.") % {"ref": strange[0]})
        try:
            facts = saying.masked(f.facts, saying.personal_facts(rule.sql, datasets, rule.reads))
            saying.explain(rule.explain, {**rule.values, **case.parameters, "as_of": case.as_of, **facts})
        except (KeyError, ValueError, ArithmeticError, IndexError) as error:
            problems.append(_("The explain sentence cannot be made: %(why)s.") % {"why": error})
    return problems


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
