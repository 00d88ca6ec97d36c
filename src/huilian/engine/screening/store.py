"""「县级数据镜像」 The county's datasets in memory, loaded from the application's database, whole or some villages.

Rules run over them whole (`base`), or over views narrowed to some villages (`part`), prepared once. One store belongs
to one thread.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, nullcontext
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import adbc_driver_postgresql.dbapi
import duckdb
import pyarrow as pa
from django.db import DatabaseError, connection, transaction

from huilian.engine.alerts import evidence
from huilian.foundation.hashing import canonical, digest
from huilian.foundation.now import CHINA, now

from . import duck
from .binding import bind
from .catalogue import datasets
from .dataset import Dataset
from .duck import Found
from .rule import Broken, Fault, Rule

ERRORS = (DatabaseError, sqlite3.Error, adbc_driver_postgresql.dbapi.Error, duckdb.Error, pa.ArrowException, ValueError)
CHUNK = 20_000  # rows read at a time
ARROW = {"BIGINT": pa.int64(), "INTEGER": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}
AS_LOADED = {  # how a loaded column becomes the dataset's; moments arrive in UTC
    "TIMESTAMP": "CAST({0} AS TIMESTAMP) + INTERVAL 8 HOUR",
    "DATE": "CAST({0} AS DATE)",
}


class Store:
    """The datasets of one county. `faults` names those that could not be loaded; their rules cannot run."""

    def __init__(self, declared: Mapping[str, Dataset] | None = None, *, memory: str | None = None) -> None:
        self.datasets = dict(declared if declared is not None else datasets())
        self.con = duck.connect(memory=memory or duck.MEMORY)
        self.loaded_at: datetime | None = None
        self.faults: dict[str, str] = {}
        self._prepared: dict[tuple[str, str], tuple[Any, str]] = {}
        self._seen: dict[tuple[str, int], int] = {}
        self.con.execute("CREATE SCHEMA base; CREATE SCHEMA part; CREATE SCHEMA past")
        self.con.execute("CREATE TABLE scope (village_code BIGINT); CREATE TABLE then_day (day DATE)")
        for dataset in self.datasets.values():
            self.con.execute(dataset.table(f"base.{dataset.name}"))
            narrowed = " WHERE village_code IN (SELECT village_code FROM scope)" if dataset.grain == "village" else ""
            self.con.execute(f"CREATE VIEW part.{dataset.name} AS SELECT * FROM base.{dataset.name}{narrowed}")
            older = f" WHERE NOT COALESCE({dataset.dated} > (SELECT day FROM then_day), false)" if dataset.dated else ""
            self.con.execute(f"CREATE VIEW past.{dataset.name} AS SELECT * FROM base.{dataset.name}{older}")

    def close(self) -> None:
        self.con.close()

    def load(self, names: Iterable[str] | None = None) -> None:
        """Load every dataset (or those named) whole."""
        self.loaded_at = now()
        for name in self.datasets if names is None else names:
            dataset = self.datasets[name]
            self.con.execute(f"DELETE FROM base.{name}")
            self._seen = {at: seen for at, seen in self._seen.items() if at[0] != name}
            try:
                _load(self.con, dataset)
                self.faults.pop(name, None)
            except ERRORS as error:
                self.con.execute(f"DELETE FROM base.{name}")
                self.faults[name] = str(error).splitlines()[0][:300]

    def reload(self, villages: Sequence[int]) -> set[str]:
        """Bring these villages up to date, and the small tables; gives the datasets whose rows have changed."""
        self.loaded_at, changed = now(), set()
        for name, dataset in self.datasets.items():
            try:
                rows = _rows(dataset, villages)
            except ERRORS as error:
                self.faults[name] = str(error).splitlines()[0][:300]
                continue
            by_village: dict[int, list[Any]] = defaultdict(list)
            if dataset.grain == "village":
                at = [c.name for c in dataset.columns].index("village_code")
                for row in rows:
                    by_village[int(row[at])].append(row)
            else:
                by_village[0] = rows
            stale = [v for v in (villages if dataset.grain == "village" else (0,))
                     if self._seen.get((name, v)) != hash(tuple(by_village[v]))]  # fmt: skip
            if not stale:
                continue
            changed.add(name)
            if dataset.grain == "village":
                codes = ", ".join(str(int(v)) for v in stale)
                self.con.execute(f"DELETE FROM base.{name} WHERE village_code IN ({codes})")
            else:
                self.con.execute(f"DELETE FROM base.{name}")
            try:
                _insert(self.con, dataset, [row for v in stale for row in by_village[v]])
                self._seen.update({(name, v): hash(tuple(by_village[v])) for v in stale})
                self.faults.pop(name, None)
            except ERRORS as error:
                self.faults[name] = str(error).splitlines()[0][:300]
        return changed

    def narrow(self, villages: Sequence[int]) -> None:
        """Let `part` show these villages."""
        self.con.execute("DELETE FROM scope")
        if villages:
            self.con.execute(f"INSERT INTO scope VALUES {', '.join(f'({int(v)})' for v in villages)}")

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
        return duck.run(self.con, rule, f"EXECUTE {known[1]}")

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


def _exact(value: Any) -> Any:
    """A value as evidence keeps it: fractions by their text, moments with their zone."""
    if isinstance(value, float):
        return Decimal(repr(value))
    return value.replace(tzinfo=CHINA) if isinstance(value, datetime) else value


def _load(con: duckdb.DuckDBPyConnection, dataset: Dataset) -> None:
    """All rows of a dataset. PostgreSQL gives a stream of Arrow; SQLite is read by Python's own library: a second one
    in the process (as ADBC brings) would drop the locks of the first."""
    if connection.in_atomic_block:
        _insert(con, dataset, _rows(dataset, None))
    elif connection.vendor == "postgresql":
        with adbc_driver_postgresql.dbapi.connect(address(), autocommit=True) as stream, stream.cursor() as cursor:
            cursor.execute(dataset.query())
            for batch in cursor.fetch_record_batch():
                table = pa.Table.from_batches([batch])
                _add(
                    con,
                    dataset,
                    pa.table([in_utc(c) for c in table.columns], names=_checked(dataset, table.column_names)),
                )
    else:
        with closing(sqlite3.connect(address(), uri=True, timeout=20)) as plain:
            cursor = plain.execute(dataset.query())
            _checked(dataset, [column[0] for column in cursor.description])
            while rows := cursor.fetchmany(CHUNK):
                _insert(con, dataset, rows)


def _rows(dataset: Dataset, villages: Sequence[int] | None) -> list[tuple[Any, ...]]:
    """Rows through Django's connection: what the transaction in hand has written is seen."""
    with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
        cursor.execute(dataset.query(villages))
        _checked(dataset, [column[0] for column in cursor.description])
        return list(cursor.fetchall())


def _checked(dataset: Dataset, names: list[str]) -> list[str]:
    if names != [c.name for c in dataset.columns]:
        raise ValueError(f"{dataset.name}: its SQL gives {names}, not its columns in their order")
    return names


def _insert(con: duckdb.DuckDBPyConnection, dataset: Dataset, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        columns = [_column(c.type, values) for c, values in zip(dataset.columns, zip(*rows, strict=True), strict=True)]
        _add(con, dataset, pa.table(columns, names=[c.name for c in dataset.columns]))


def _column(kind: str, values: Sequence[Any]) -> pa.Array:
    """Values of a cursor as one Arrow column: SQLite gives days as text, PostgreSQL moments with their zone."""
    try:
        return in_utc(pa.array(values, ARROW.get(kind)))
    except pa.ArrowException:
        make = {"DOUBLE": float, "BOOLEAN": bool, "BIGINT": int, "INTEGER": int}.get(kind, str)
        return pa.array([None if v is None else make(v) for v in values], ARROW.get(kind, pa.string()))


def address() -> str:
    """Where the application's database is, for a driver other than Django's; SQLite to read only."""
    body = connection.settings_dict
    if connection.vendor != "postgresql":
        return f"file:{quote(str(body['NAME']))}?mode=ro"
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return " ".join(f"{k}='{body[n]}'" for k, n in parts.items() if body.get(n))


def in_utc(column: Any) -> Any:
    """Moments as UTC without a zone, the form in which SQLite keeps them."""
    zoned = pa.types.is_timestamp(column.type) and column.type.tz
    return column.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us")) if zoned else column


def _add(con: duckdb.DuckDBPyConnection, dataset: Dataset, table: pa.Table) -> None:
    con.register("arriving", table)
    try:
        made = ", ".join(AS_LOADED.get(c.type, f"CAST({{0}} AS {c.type})").format(c.name) for c in dataset.columns)
        con.execute(f"INSERT INTO base.{dataset.name} SELECT {made} FROM arriving")
    finally:
        con.unregister("arriving")
