"""「数据湖」 A county's facts as Parquet, to be joined with other counties' and screened where no database is.

A lake is a folder <dataset>/province=PP/<name>.parquet, sorted by village. A share is written whole beside its place
and renamed, with a list of what is in it (share-<county>.json). The files of several shares laid into one folder are
one lake. Sealed datasets leave with every text turned into a keyed digest: relations still join by the digest of an
identity number, and nobody reads a name. So what rests on the same name alone is found in the county only.
"""

import hmac
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import duckdb
import pyarrow as pa
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from .catalogue import datasets
from .dataset import Dataset
from .lake_task import WRITTEN, quoted
from .reading import AS_LOADED, ERRORS, address, in_utc

COUNTY_LEVEL = 3
BATCH = "65536"
MEMORY = "1GB"
DIGEST = 64  # hexadecimal digits
# A first row tells SQLite's driver the types of columns, which it guesses from the rows it sees first.
FIRST = {"VARCHAR": "''", "DATE": "''", "TIMESTAMP": "''", "DOUBLE": "0.5"}


def schema_of(dataset: Dataset) -> str:
    """The version of a dataset's columns: shares of one version can be laid together."""
    return sha256("\n".join(f"{c.name} {c.type}" for c in dataset.columns).encode()).hexdigest()[:12]


def write(out: Path, *, county: str = "", memory: str = MEMORY) -> dict[str, Any]:
    """Write this database's share of a lake into `out`, which is new or a share written before; gives its list.

    All rows are of one moment. `county` is its six or twelve digits, and may be left out when there is only one.
    Raises `Invalid` and `Conflict`; then `out` is as it was.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a share is written outside a transaction: it reads the database by connections of its own")
    code = _county(county)
    if out.exists() and any(out.iterdir()) and not (out / f"share-{code}.json").exists():
        raise Conflict(_("%(folder)s is not empty and holds no share of this county.") % {"folder": out})
    beside = out.with_name(f".{out.name}.being-written")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    connection.close()  # a second SQLite library in the process would drop the locks of the first
    try:
        listed = _write(beside, code, memory)
        (beside / f"share-{code}.json").write_text(json.dumps(listed, indent=1, ensure_ascii=False), encoding="utf-8")
        before = out.with_name(f".{out.name}.before")
        shutil.rmtree(before, ignore_errors=True)
        if out.exists():
            out.rename(before)
        beside.rename(out)
        shutil.rmtree(before, ignore_errors=True)
    except ERRORS as error:
        why = {"why": str(error).splitlines()[0][:300]}
        raise Invalid(_("The share was not written, and nothing was changed: %(why)s") % why) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return listed


def check(lake: Path) -> list[str]:
    """What is wrong with the shares laid into `lake`: files that are missing or differ from their list."""
    lists = sorted(lake.glob("share-*.json"))
    if not lists:
        raise Invalid(_("%(folder)s holds no list of a share (share-….json).") % {"folder": lake})
    wrong = []
    for path in lists:
        for name, entry in json.loads(path.read_text("utf-8"))["datasets"].items():
            file = lake / entry["file"]
            if not file.exists():
                wrong.append(f"{path.name}: {entry['file']}: missing")
            elif _digest(file) != entry["sha256"]:
                wrong.append(f"{path.name}: {entry['file']}: changed")
            elif name in datasets() and schema_of(datasets()[name]) != entry["schema"]:
                wrong.append(f"{path.name}: {name}: columns of another version")
    return wrong


# ---------------------------------------------------------------------- inside


def _county(given: str) -> str:
    codes = sorted({p.code for p in Place.objects.filter(level=COUNTY_LEVEL, valid_to=None)})
    chosen = [code for code in codes if not given or code.startswith(given[:6])]
    if len(chosen) != 1 or (given and len(given) not in (6, 12)):
        raise Invalid(_("Name one county by its digits. There are: %(codes)s.") % {"codes": ", ".join(codes) or "—"})
    return chosen[0][:6]


def _write(folder: Path, county: str, memory: str) -> dict[str, Any]:
    spill = folder / ".spill"
    listed: dict[str, Any] = {"county": county, "written_at": now().isoformat(), "datasets": {}}
    postgres = connection.vendor == "postgresql"
    driver = adbc_driver_postgresql.dbapi if postgres else adbc_driver_sqlite.dbapi
    with duckdb.connect(":memory:") as con, closing(driver.connect(address())) as source:
        con.execute(f"SET memory_limit='{memory}'; SET threads=2; SET temp_directory={quoted(str(spill))}")
        for name, dataset in datasets().items():
            file = Path(name) / f"province={county[:2]}" / f"county-{county}.parquet"
            (folder / file).parent.mkdir(parents=True)
            with source.cursor() as cursor:
                if postgres and not listed["datasets"]:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                rows = _copy(con, cursor, dataset, folder / file, county, postgres)
            listed["datasets"][name] = {
                "file": str(file),
                "rows": rows,
                "schema": schema_of(dataset),
                "sha256": _digest(folder / file),
            }
    shutil.rmtree(spill, ignore_errors=True)
    listed["rows"] = sum(entry["rows"] for entry in listed["datasets"].values())
    return listed


def _copy(
    con: duckdb.DuckDBPyConnection, cursor: Any, dataset: Dataset, file: Path, county: str, postgres: bool
) -> int:
    if postgres:
        cursor.execute(dataset.query())
    else:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": BATCH})
        first = ", ".join(f"{FIRST.get(c.type, '0')} AS {c.name}" for c in dataset.columns)
        cursor.execute(f"SELECT {first} UNION ALL SELECT * FROM ({dataset.query()})")
    reader = cursor.fetch_record_batch()
    names = [c.name for c in dataset.columns]
    if reader.schema.names != names:
        raise ValueError(f"{dataset.name}: its SQL gives {reader.schema.names}, not its columns in their order")
    batches = _batches(reader, dataset, skip=0 if postgres else 1)
    head = next(batches, None)
    schema = head.schema if head is not None else reader.schema
    stream = pa.RecordBatchReader.from_batches(schema, (b for b in _chain(head, batches)))
    con.register("arriving", stream)
    try:
        made = ", ".join(
            f"{AS_LOADED.get(c.type, f'CAST({{0}} AS {c.type})').format(c.name)} AS {c.name}" for c in dataset.columns
        )
        ours = f" WHERE village_code // 1000000 = {county}" if "village_code" in dataset.by_name else ""
        order = f"village_code, {dataset.key}" if "village_code" in dataset.by_name else dataset.key
        rows = f"SELECT * FROM (SELECT {made} FROM arriving){ours} ORDER BY {order}"
        done = con.execute(f"COPY ({rows}) TO {quoted(str(file))} {WRITTEN}").fetchone()
        return int(done[0]) if done else 0
    finally:
        con.unregister("arriving")


def _batches(reader: Any, dataset: Dataset, *, skip: int) -> Iterator[pa.RecordBatch]:
    """Batches without the first `skip` rows, moments in UTC, texts of sealed datasets as digests."""
    for batch in reader:
        body, skip = batch.slice(skip), max(0, skip - batch.num_rows)
        columns = [in_utc(column) for column in body.columns]
        if dataset.sealed:
            columns = [
                pa.array([_sealed(v) for v in a.to_pylist()], pa.string()) if c.type == "VARCHAR" else a
                for c, a in zip(dataset.columns, columns, strict=True)
            ]
        yield pa.RecordBatch.from_arrays(columns, names=body.schema.names)


def _chain(head: pa.RecordBatch | None, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    if head is not None:
        yield head
        yield from rest


def _sealed(text: str | None) -> str | None:
    """A text of a sealed row as its keyed digest; what is one already, or says nothing, stays."""
    if not text or (len(text) == DIGEST and set(text) <= set("0123456789abcdef")):
        return text
    return hmac.new(settings.SECRET_KEY.encode(), b"screening.lake:" + text.encode(), "sha256").hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as body:
        return file_digest(body, "sha256").hexdigest()
