"""Rows of the datasets as the application's database gives them, for the mirror and for a lake.

PostgreSQL gives whole datasets as a stream of Arrow. SQLite is read by Python's own library: a second one in the
process (as ADBC brings) would drop the locks of the first. Inside a transaction all goes through Django's connection,
so that what it has written is seen.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import adbc_driver_postgresql.dbapi
import duckdb
import pyarrow as pa
from django.db import DatabaseError, connection, transaction

from .dataset import Dataset

ERRORS = (DatabaseError, sqlite3.Error, adbc_driver_postgresql.dbapi.Error, duckdb.Error, pa.ArrowException, ValueError)
CHUNK = 20_000  # rows read at a time
FEW = 8  # rows up to which a plain INSERT is quicker than one by way of Arrow
ARROW = {"BIGINT": pa.int64(), "INTEGER": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}
AS_LOADED = {  # how a loaded column becomes the dataset's; moments arrive in UTC
    "TIMESTAMP": "CAST({0} AS TIMESTAMP) + INTERVAL 8 HOUR",
    "DATE": "CAST({0} AS DATE)",
}
Row = tuple[Any, ...]


@contextmanager
def looking() -> Iterator[Any]:
    """A cursor on the application's database; on SQLite all that is read through it is of one moment."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:  # Django's converters would double the time
        with closing(sqlite3.connect(address(), uri=True, timeout=20, isolation_level=None)) as plain:
            plain.execute("BEGIN")
            yield plain.cursor()
    else:
        with connection.cursor() as cursor:
            yield cursor


def rows(cursor: Any, dataset: Dataset, sql: str) -> Iterator[list[Row]]:
    """What `sql` gives of the dataset, some thousands at a time. Raises ValueError for other columns than declared."""
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        cursor.execute(sql)
    _checked(dataset, [column[0] for column in cursor.description])
    while found := cursor.fetchmany(CHUNK):
        yield found


def streams() -> bool:
    """Whether `stream` can be used now."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block


def stream(dataset: Dataset) -> Iterator[pa.Table]:
    """The whole dataset as Arrow."""
    with adbc_driver_postgresql.dbapi.connect(address(), autocommit=True) as opened, opened.cursor() as cursor:
        cursor.execute(dataset.query())
        for batch in cursor.fetch_record_batch():
            table = pa.Table.from_batches([batch])
            yield pa.table([in_utc(c) for c in table.columns], names=_checked(dataset, table.column_names))


def insert(con: duckdb.DuckDBPyConnection, dataset: Dataset, found: Sequence[Row]) -> None:
    """Put rows of a cursor into the table of the dataset in `base`."""
    if len(found) > FEW:
        columns = [_column(c.type, values) for c, values in zip(dataset.columns, zip(*found, strict=True), strict=True)]
        add(con, dataset, pa.table(columns, names=dataset.names))
    elif found:
        marks = ", ".join([f"({', '.join('?' * len(dataset.names))})"] * len(found))
        values = [v.astimezone(UTC).replace(tzinfo=None) if isinstance(v, datetime) and v.tzinfo else v
                  for row in found for v in row]  # fmt: skip
        con.execute(f"{_into(dataset)} (VALUES {marks}) arriving({', '.join(dataset.names)})", values)


def add(con: duckdb.DuckDBPyConnection, dataset: Dataset, table: pa.Table) -> None:
    """Put a table of Arrow into the table of the dataset in `base`."""
    con.register("arriving", table)
    try:
        con.execute(f"{_into(dataset)} arriving")
    finally:
        con.unregister("arriving")


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


# ---------------------------------------------------------------------- inside


def _checked(dataset: Dataset, names: list[str]) -> list[str]:
    if names != dataset.names:
        raise ValueError(f"{dataset.name}: its SQL gives {names}, not its columns in their order")
    return names


def _into(dataset: Dataset) -> str:
    made = ", ".join(AS_LOADED.get(c.type, f"CAST({{0}} AS {c.type})").format(c.name) for c in dataset.columns)
    return f"INSERT INTO base.{dataset.name} SELECT {made} FROM"


def _column(kind: str, values: Sequence[Any]) -> pa.Array:
    """Values of a cursor as one Arrow column: SQLite gives days as text, PostgreSQL moments with their zone."""
    try:
        return in_utc(pa.array(values, ARROW.get(kind)))
    except pa.ArrowException:
        make = {"DOUBLE": float, "BOOLEAN": bool, "BIGINT": int, "INTEGER": int}.get(kind, str)
        return pa.array([None if v is None else make(v) for v in values], ARROW.get(kind, pa.string()))
