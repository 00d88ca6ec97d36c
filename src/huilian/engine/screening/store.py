"""「县级数据镜像」 The county's datasets in memory, loaded from the application's database, whole or some villages.

Rules run over them whole (`base`), or over the rows of some villages (`part`), prepared once. One store belongs to one
thread.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from huilian.engine.alerts import evidence
from huilian.foundation.hashing import canonical, digest
from huilian.foundation.now import CHINA, now

from . import duck, reading
from .binding import bind
from .catalogue import datasets
from .dataset import Dataset
from .duck import Found
from .reading import ERRORS
from .rule import Broken, Fault, Rule


class Store:
    """The datasets of one county. `faults` names those that could not be loaded; their rules cannot run."""

    def __init__(self, declared: Mapping[str, Dataset] | None = None, *, memory: str | None = None) -> None:
        self.datasets = dict(declared if declared is not None else datasets())
        self.con = duck.connect(memory=memory or duck.MEMORY)
        self.loaded_at: datetime | None = None
        self.faults: dict[str, str] = {}
        self._prepared: dict[tuple[str, str], tuple[Any, str]] = {}
        self._marks: dict[str, dict[Any, int]] = defaultdict(dict)  # of each row by its key: what it was when read
        self.con.execute("CREATE SCHEMA base; CREATE SCHEMA part; CREATE SCHEMA past")
        self.con.execute("CREATE TABLE then_day (day DATE)")
        for name, dataset in self.datasets.items():
            self.con.execute(dataset.table(f"base.{name}"))
            if dataset.grain == "village":
                self.con.execute(dataset.table(f"part.{name}"))
            else:
                self.con.execute(f"CREATE VIEW part.{name} AS SELECT * FROM base.{name}")
            older = f" WHERE NOT COALESCE({dataset.dated} > (SELECT day FROM then_day), false)" if dataset.dated else ""
            self.con.execute(f"CREATE VIEW past.{name} AS SELECT * FROM base.{name}{older}")

    def close(self) -> None:
        self.con.close()

    def load(self, names: Iterable[str] | None = None) -> None:
        """Load every dataset (or those named) whole."""
        self.loaded_at = now()
        with reading.looking() as cursor:
            for name in self.datasets if names is None else names:
                dataset = self.datasets[name]
                self._empty(name)
                try:
                    if reading.streams():
                        for table in reading.stream(dataset):
                            reading.add(self.con, dataset, table)
                    else:
                        for rows in reading.rows(cursor, dataset, dataset.query()):
                            reading.insert(self.con, dataset, rows)
                            self._marks[name] |= _marks(dataset, rows)
                    self.faults.pop(name, None)
                except ERRORS as error:
                    self._empty(name)
                    self.faults[name] = _said(error)

    def reload(
        self, villages: Sequence[int], some: Mapping[str, Iterable[int]] | None = None, of: Sequence[int] = ()
    ) -> set[str]:
        """Bring up to date all rows of `villages`, and in the villages `of` the rows named in `some`
        ({"voucher": [12]}) with those that follow them. Gives the datasets whose rows have changed."""
        broken = set(self.faults)
        if broken:  # what could not be read before has gaps
            self.load(broken)
        self.loaded_at, changed = now(), broken - self.faults.keys()
        with reading.looking() as cursor:
            for name, dataset in self.datasets.items():
                if name in broken:
                    continue
                try:
                    for where, sql in _slices(dataset, villages, some or {}, of):
                        if self._refresh(cursor, dataset, where, sql):
                            changed.add(name)
                except ERRORS as error:
                    self.faults[name] = _said(error)
        return changed

    def _refresh(self, cursor: Any, dataset: Dataset, where: str, sql: str) -> bool:
        """Make the rows `where` those that `sql` gives; says whether any were others. Only those are written."""
        name, key, seen = dataset.name, dataset.key, self._marks[dataset.name]
        rows = [row for some in reading.rows(cursor, dataset, sql) for row in some]
        marks = _marks(dataset, rows)
        had = {k for (k,) in self.con.execute(f"SELECT {key} FROM base.{name} WHERE {where}").fetchall()}
        new = {k for k, mark in marks.items() if k not in had or seen.get(k) != mark}
        stale = new | (had - marks.keys())
        if not stale:
            return False
        for k in stale:
            seen.pop(k, None)
        self.con.execute(f"DELETE FROM base.{name} WHERE {key} IN ({', '.join(map(str, stale))})")
        at = dataset.names.index(key)
        reading.insert(self.con, dataset, [row for row in rows if row[at] in new])
        seen.update({k: marks[k] for k in new})
        return True

    def _empty(self, name: str) -> None:
        self.con.execute(f"DELETE FROM base.{name}")
        self._marks.pop(name, None)

    def narrow(self, villages: Sequence[int], names: Iterable[str] | None = None) -> None:
        """Let `part` hold the rows of these villages, of every dataset or those named: rules over some thousand rows
        take a third of what they take behind a filter over all."""
        codes, wanted = ", ".join(str(int(v)) for v in villages), set(self.datasets if names is None else names)
        sql = []
        for name, dataset in self.datasets.items():
            if name in wanted and dataset.grain == "village":
                sql.append(f"DELETE FROM part.{name}")
                if codes:
                    sql.append(f"INSERT INTO part.{name} SELECT * FROM base.{name} WHERE village_code IN ({codes})")
        self.con.execute("; ".join(sql))

    def back_to(self, day: date) -> None:
        """Let `past` show the rows that were there on that day. Later corrections of older rows are not undone."""
        self.con.execute("DELETE FROM then_day")
        self.con.execute("INSERT INTO then_day VALUES (?)", [day])

    def find(self, rule: Rule, values: Mapping[str, Any], as_of: date, *, schema: str = "base") -> list[Found]:
        """What the rule finds over everything (`base`), the villages of `narrow` (`part`) or a day (`past`).

        Raises `Broken`.
        """
        if lacking := [name for name in rule.reads if name in self.faults or name not in self.datasets]:
            raise Broken([Fault(f"{name}: {self.faults.get(name, 'unknown')}", rule.file) for name in lacking])
        return duck.run(self.con, rule, f"EXECUTE {self.prepare(rule, values, as_of, schema=schema)}")

    def prepare(self, rule: Rule, values: Mapping[str, Any], as_of: date, *, schema: str) -> str:
        """The name under which the rule stands planned; planning takes longer than a run. Raises `Broken`."""
        wanted = (rule.version, sorted(values.items(), key=lambda item: item[0]), as_of)
        known = self._prepared.get((rule.id, schema))
        if known is None or known[0] != wanted:
            name = f"{schema}_{rule.id}"
            if known is not None:
                self.con.execute(f"DEALLOCATE {name}")
                del self._prepared[rule.id, schema]
            try:
                self.con.execute(f"PREPARE {name} AS {bind(rule.sql, values, as_of, schema=schema)}")
            except duckdb.Error as error:
                raise Broken([duck.told(error, rule)]) from error
            known = self._prepared[rule.id, schema] = (wanted, name)
        return known[1]

    def evidence(self, refs: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Rows of evidence by their names "<dataset>:<key>", with the digest of their fields. Sealed ones give that
        digest only."""
        wanted: dict[str, list[int]] = defaultdict(list)
        for ref in dict.fromkeys(refs):
            name, _colon, key = ref.rpartition(":")
            if name in self.datasets and key.lstrip("-").isdigit():
                wanted[name].append(int(key))
        found = {}
        for name, keys in wanted.items():
            dataset = self.datasets[name]
            for start in range(0, len(keys), 1000):
                some = ", ".join(str(key) for key in keys[start : start + 1000])
                result = self.con.execute(f"SELECT * FROM base.{name} WHERE {dataset.key} IN ({some})")
                names = [column[0] for column in result.description]
                for row in result.fetchall():
                    fields = {n: _exact(v) for n, v in zip(names, row, strict=True)}
                    if dataset.sealed:
                        fields = {"sealed": digest(canonical(fields)).hex()}
                    key = row[names.index(dataset.key)]
                    found[f"{name}:{key}"] = evidence.row(name, key, fields)
        return found


# ---------------------------------------------------------------------- inside


def _marks(dataset: Dataset, rows: Sequence[reading.Row]) -> dict[Any, int]:
    at = dataset.names.index(dataset.key)
    return {row[at]: hash(row) for row in rows}


def _slices(
    dataset: Dataset, villages: Sequence[int], some: Mapping[str, Iterable[int]], of: Sequence[int]
) -> list[tuple[str, str]]:
    """What is to be read of a dataset: the condition in the mirror, and the SELECT over the application's database."""
    if dataset.grain != "village":
        return [("true", dataset.query())] if villages else []
    found = []
    for name, keys in some.items():
        column = dataset.key if name == dataset.name else dataset.follows.get(name)
        if column == "village_code":
            villages = [*villages, *of]
        elif column:
            where = f"{column} IN ({', '.join(str(int(k)) for k in keys)})"
            found.append((where, f"SELECT * FROM ({dataset.query()}) named WHERE {where}"))
    codes = ", ".join(str(int(v)) for v in villages)
    return [*found, (f"village_code IN ({codes})", dataset.query(villages))] if villages else found


def _said(error: Exception) -> str:
    return str(error).splitlines()[0][:300]


def _exact(value: Any) -> Any:
    """A value as evidence keeps it: fractions by their text, moments with their zone."""
    if isinstance(value, float):
        return Decimal(repr(value))
    return value.replace(tzinfo=CHINA) if isinstance(value, datetime) else value
