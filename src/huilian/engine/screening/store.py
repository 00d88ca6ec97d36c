"""「县级数据镜像」 The county's datasets in memory, loaded from the application's database, whole or some villages.

Rules run over them whole (`base`), or over views narrowed to some villages (`part`), prepared once. One store belongs
to one thread.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import adbc_driver_manager
import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
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

CHUNK = 20_000  # rows read at a time through Django
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
        self.con.execute("CREATE SCHEMA base; CREATE SCHEMA part; CREATE TABLE scope (village_code BIGINT)")
        for dataset in self.datasets.values():
            self.con.execute(dataset.table(f"base.{dataset.name}"))
            narrowed = " WHERE village_code IN (SELECT village_code FROM scope)" if dataset.grain == "village" else ""
            self.con.execute(f"CREATE VIEW part.{dataset.name} AS SELECT * FROM base.{dataset.name}{narrowed}")

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
            except (DatabaseError, duckdb.Error, pa.ArrowException, ValueError) as error:
                self.con.execute(f"DELETE FROM base.{name}")
                self.faults[name] = str(error).splitlines()[0][:300]

    def reload(self, villages: Sequence[int]) -> set[str]:
        """Bring these villages up to date, and the small tables; gives the datasets whose rows have changed."""
        self.loaded_at, changed = now(), set()
        for name, dataset in self.datasets.items():
            try:
                rows = _rows(dataset, villages)
            except DatabaseError as error:
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
            except (duckdb.Error, pa.ArrowException, ValueError) as error:
                self.faults[name] = str(error).splitlines()[0][:300]
        return changed

    def narrow(self, villages: Sequence[int]) -> None:
        """Let `part` show these villages."""
        self.con.execute("DELETE FROM scope")
        if villages:
            self.con.execute(f"INSERT INTO scope VALUES {', '.join(f'({int(v)})' for v in villages)}")

    def find(self, rule: Rule, values: Mapping[str, Any], as_of: date, *, part: bool = False) -> list[Found]:
        """What the rule finds, over everything or (`part`) over the villages of `narrow`. Raises `Broken`."""
        if lacking := [name for name in rule.reads if name in self.faults or name not in self.datasets]:
            raise Broken([Fault(f"{name}: {self.faults.get(name, 'unknown')}", rule.file) for name in lacking])
        schema = "part" if part else "base"
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
    """All rows of a dataset: as a stream of Arrow where the database can give one, else through Django."""
    if not connection.in_atomic_block and (stream := _stream()) is not None:
        try:
            with closing(stream), stream.cursor() as cursor:
                cursor.execute(dataset.query())
                for batch in cursor.fetch_record_batch():
                    _add(con, dataset, pa.Table.from_batches([_without_zones(batch)]))
            return
        except (adbc_driver_manager.Error, pa.ArrowException, duckdb.Error):
            # A column that begins with nulls has no type in a stream of SQLite; and what is truly wrong shows below.
            con.execute(f"DELETE FROM base.{dataset.name}")
    rows = _rows(dataset, None)
    for start in range(0, len(rows), CHUNK):
        _insert(con, dataset, rows[start : start + CHUNK])


def _stream() -> Any:
    """A connection of its own that gives Arrow. None where the driver does not know the address."""
    body = connection.settings_dict
    try:
        if connection.vendor == "sqlite":
            return adbc_driver_sqlite.dbapi.connect(str(body["NAME"]), autocommit=True)
        parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
        address = " ".join(f"{k}='{body[n]!s}'" for k, n in parts.items() if body.get(n))
        return adbc_driver_postgresql.dbapi.connect(address, autocommit=True)
    except adbc_driver_manager.Error:
        return None


def _without_zones(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Moments as UTC without a zone, the form in which SQLite keeps them."""
    columns = [
        column.cast(pa.timestamp("us")) if pa.types.is_timestamp(column.type) and column.type.tz else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _rows(dataset: Dataset, villages: Sequence[int] | None) -> list[tuple[Any, ...]]:
    """Rows through Django's connection: what the transaction in hand has written is seen."""
    with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
        cursor.execute(dataset.query(villages))
        names = [column[0] for column in cursor.description]
        if names != [c.name for c in dataset.columns]:
            raise ValueError(f"{dataset.name}: its SQL gives {names}, not its columns in their order")
        return list(cursor.fetchall())


def _insert(con: duckdb.DuckDBPyConnection, dataset: Dataset, rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    columns = [_column(c.type, values) for c, values in zip(dataset.columns, zip(*rows, strict=True), strict=True)]
    _add(con, dataset, pa.table(columns, names=[c.name for c in dataset.columns]))


def _column(kind: str, values: Sequence[Any]) -> pa.Array:
    """Values of Django's cursor as one Arrow column: SQLite gives days as text, PostgreSQL moments with their zone."""
    if kind in ARROW:
        make = {"DOUBLE": float, "BOOLEAN": bool}.get(kind, int)
        return pa.array([None if v is None else make(v) for v in values], ARROW[kind])
    if kind == "TIMESTAMP":
        values = [v.astimezone(UTC).replace(tzinfo=None) if isinstance(v, datetime) and v.tzinfo else v for v in values]
    return pa.array([v if v is None or isinstance(v, str) else str(v) for v in values], pa.string())


def _add(con: duckdb.DuckDBPyConnection, dataset: Dataset, table: pa.Table) -> None:
    con.register("arriving", table)
    try:
        made = ", ".join(AS_LOADED.get(c.type, f"CAST({{0}} AS {c.type})").format(c.name) for c in dataset.columns)
        con.execute(f"INSERT INTO base.{dataset.name} SELECT {made} FROM arriving")
    finally:
        con.unregister("arriving")
