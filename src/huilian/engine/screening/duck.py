"""DuckDB as the rules see it: in memory, bounded, and shut off from files, network and the application's database."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
from django.utils.translation import gettext as _
from sqlglot import exp

from .binding import bind, tree
from .dataset import Dataset
from .rule import OUTPUT, Broken, Fault, Rule

MOST_ROWS = 100_000  # findings of one rule; more is a mistake in the rule, not so many irregularities
MOST_EVIDENCE = 20  # rows one finding may rest on
MEMORY = "1GB"
SCHEMA = {"village_code": ("BIGINT", "INTEGER"), "subject": ("VARCHAR",), "key": ("VARCHAR",),
          "level": ("INTEGER", "BIGINT"), "evidence": ("VARCHAR",)}  # fmt: skip
EXACT = ("HUGEINT", "DECIMAL")  # types of facts that the two engines give differently


@dataclass(frozen=True)
class Found:
    """One row a rule gave."""

    rule: str
    village_code: int
    subject: str
    key: str
    level: int
    evidence: tuple[str, ...]
    facts: dict[str, Any]

    @property
    def name(self) -> tuple[str, str, str]:
        """What makes it one finding."""
        return self.rule, self.subject, self.key


def connect(*, memory: str = MEMORY, threads: int = 1) -> duckdb.DuckDBPyConnection:
    """An empty database in memory that can reach nothing else, whatever SQL is given to it."""
    con = duckdb.connect(":memory:")
    con.execute(f"SET memory_limit='{memory}'; SET threads={int(threads)}; SET temp_directory=''")
    con.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false")
    # A prepared statement keeps what the statistics said when it was planned ("nothing is over the limit, so the answer
    # is empty") and is not planned anew when rows arrive: wrong answers, seen in 1.5.5. So plans do not use them.
    con.execute("SET disabled_optimizers='statistics_propagation'")
    con.execute("SET enable_external_access=false; SET lock_configuration=true")
    return con


def create(con: duckdb.DuckDBPyConnection, datasets: Sequence[Dataset], schema: str = "main") -> None:
    """Empty tables for the datasets."""
    for dataset in datasets:
        con.execute(dataset.table(f"{schema}.{dataset.name}"))


def find(
    con: duckdb.DuckDBPyConnection, rule: Rule, values: Mapping[str, Any], as_of: date, *, schema: str = "main"
) -> list[Found]:
    """What the rule gives on the tables of `schema`. Raises `Broken` with a sentence a person can act on."""
    return run(con, rule, bind(rule.sql, values, as_of, schema=schema))


def run(con: duckdb.DuckDBPyConnection, rule: Rule, sql: str, *, most: int = MOST_ROWS) -> list[Found]:
    """Run bound SQL (or an EXECUTE of it). Raises `Broken`."""
    names, rows = fetch(con, rule, sql, most=most)
    return [_found(rule, dict(zip(names, row, strict=True))) for row in rows]


def fetch(con: duckdb.DuckDBPyConnection, rule: Rule, sql: str, *, most: int) -> tuple[list[str], list[Any]]:
    """Names and rows of a query that may give `most` rows. Raises `Broken`."""
    try:
        result = con.execute(sql)
        names = [column[0] for column in result.description]
        rows = result.fetchmany(most + 1)
    except duckdb.Error as error:
        raise Broken([told(error, rule)]) from error
    if len(rows) > most:
        message = _("The query gives more than %(most)d rows. A rule names the few that stand out: narrow its WHERE.")
        raise Broken([Fault(message % {"most": most}, rule.file, rule.sql_line)])
    return names, rows


def bound_faults(con: duckdb.DuckDBPyConnection, rule: Rule, as_of: date) -> list[Fault]:
    """What DuckDB itself finds wrong with the rule on empty tables: columns, types, and types of the output."""
    try:
        rows = con.execute("DESCRIBE " + bind(rule.sql, rule.values, as_of)).fetchall()
    except duckdb.Error as error:
        return [told(error, rule)]
    found = []
    for name, kind, *_rest in rows:
        allowed = SCHEMA.get(name)
        base = str(kind).split("(")[0]
        if allowed and base not in allowed:
            found.append(_("The column %(name)s is %(kind)s; it must be %(allowed)s.")
                         % {"name": name, "kind": kind, "allowed": allowed[0]})  # fmt: skip
        elif base in EXACT:
            found.append(_("The column %(name)s is %(kind)s: cast it to BIGINT or DOUBLE.")
                         % {"name": name, "kind": kind})  # fmt: skip
        elif "[" in str(kind) or base in ("STRUCT", "MAP", "INTERVAL", "TIMESTAMP WITH TIME ZONE"):
            found.append(_("The column %(name)s is %(kind)s: give a text, number or day.")
                         % {"name": name, "kind": kind})  # fmt: skip
    return [Fault(message, rule.file, rule.sql_line) for message in found]


@contextmanager
def time_limit(con: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt whatever `con` is doing after `seconds`."""
    timer = threading.Timer(seconds, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def told(error: duckdb.Error, rule: Rule) -> Fault:
    """An error of DuckDB as one sentence: what is wrong and what to do."""
    text = str(error)
    if isinstance(error, duckdb.InterruptException):
        return Fault(_("The query took too long and was stopped. Join on an equality and narrow the rows first."),
                     rule.file, rule.sql_line)  # fmt: skip
    if isinstance(error, duckdb.OutOfMemoryException):
        return Fault(_("The query needs more memory than it is given. Narrow the rows before joining or sorting."),
                     rule.file, rule.sql_line)  # fmt: skip
    column = re.search(r'Referenced column "([^"]+)" not found|does not have a column named "([^"]+)"', text)
    if column:
        name = column[1] or column[2]
        near = re.search(r"Candidate bindings: : ?(.*)|Candidate bindings: (.*)", text)
        names = [n.split(".")[-1] for n in re.findall(r'"([^"]+)"', near[0])] if near else []
        message = (
            _("There is no column “%(name)s”; perhaps one of these is meant: %(near)s.")
            % {"name": name, "near": ", ".join(names)}
            if names
            else _("There is no column “%(name)s” in what the SELECT reads.") % {"name": name}
        )
        return Fault(message, rule.file, _line_of_column(rule, name))
    table = re.search(r"Table with name (\S+) does not exist", text)
    if table:
        return Fault(_("There is no dataset “%(name)s”.") % {"name": table[1].rstrip("!")}, rule.file, rule.sql_line)
    if isinstance(error, (duckdb.ConversionException, duckdb.OutOfRangeException)):
        message = _("A value cannot be read as the type the rule asks for: %(why)s")
    elif "No function matches" in text or isinstance(error, duckdb.BinderException):
        message = _("The SELECT does not fit the datasets: %(why)s")
    else:
        message = _("The rule cannot run: %(why)s")
    return Fault(message % {"why": _first(text)}, rule.file, rule.sql_line)


# ---------------------------------------------------------------------- inside


def _found(rule: Rule, row: dict[str, Any]) -> Found:
    level, village = row["level"], row["village_code"]
    if level not in (1, 2, 3) or village is None or not row["subject"]:
        raise Broken([Fault(_("The rule gave a row without village, subject or level 1 to 3: %(row)s.")
                            % {"row": {name: row[name] for name in OUTPUT}}, rule.file, rule.sql_line)])  # fmt: skip
    refs = tuple(dict.fromkeys((row["evidence"] or "").split()))[:MOST_EVIDENCE]
    facts = {name: value for name, value in row.items() if name not in OUTPUT}
    return Found(rule.id, int(village), row["subject"], row["key"] or "", int(level), refs, facts)


def _line_of_column(rule: Rule, name: str) -> int:
    for node in tree(rule.sql).find_all(exp.Column):
        if node.name.lower() == name.lower():
            return rule.sql_line + rule.sql[: int(node.this.meta.get("start", 0))].count("\n")
    return rule.sql_line


def _first(text: str) -> str:
    return re.sub(r"^\w+( \w+)? Error: ", "", text.strip().split("\n")[0])
