"""One piece of work on a lake: some rules over one partition, done by DuckDB in the process that is given it.

It knows nothing of Django and takes and gives plain values, so that a cluster can run it anywhere the lake is mounted.
Done twice it leaves the same files: each is written beside and renamed.
"""

import os
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

WRITTEN = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"


def files(lake: str, dataset: str, province: str) -> list[str]:
    """The files of a dataset in one province, or in all ("*"), by path."""
    return sorted(str(path) for path in Path(lake).glob(f"{dataset}/province={province}/*.parquet"))


def connect(folders: Sequence[str], *, memory: str, threads: int, spill: str = "") -> duckdb.DuckDBPyConnection:
    """A database in memory that reaches these folders and nothing else; `spill` is one of them, or nothing spills."""
    con = duckdb.connect(":memory:")
    con.execute(f"SET memory_limit='{memory}'; SET threads={int(threads)}; SET preserve_insertion_order=false")
    con.execute(f"SET temp_directory={quoted(spill)}")
    con.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false")
    con.execute(f"SET allowed_directories=[{', '.join(quoted(f) for f in folders)}]")
    con.execute("SET enable_external_access=false; SET lock_configuration=true")
    return con


def show(con: duckdb.DuckDBPyConnection, task: dict[str, Any], names: Sequence[str]) -> None:
    """Views with the names of datasets over their files."""
    for name in names:
        paths = ", ".join(quoted(path) for path in files(task["lake"], name, task["province"]))
        con.execute(
            f"CREATE OR REPLACE VIEW {name} AS SELECT {', '.join(task['datasets'][name])} "
            f"FROM read_parquet([{paths}], hive_partitioning=false)"
        )


def run(task: dict[str, Any]) -> dict[str, Any]:
    """Run the task's rules; gives findings by rule and level, faults, and what it cost.

    {"lake", "out", "province" ("*": all), "datasets": {name: columns},
    "rules": [{id, sql, reads, left_out}], "memory", "threads"}
    """
    out, began, cpu = Path(task["out"]), time.monotonic(), time.process_time()
    part = "all" if task["province"] == "*" else f"province={task['province']}"
    spill = out / ".spill" / f"{part}-{os.getpid()}"
    spill.mkdir(parents=True, exist_ok=True)
    con = connect([task["lake"], str(out)], memory=task["memory"], threads=task["threads"], spill=str(spill))
    found: dict[str, dict[str, int]] = {}
    faults, spent = [], {}
    for rule in task["rules"]:
        began_rule = time.process_time()
        target = out / rule["id"] / f"{part}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            found[rule["id"]] = one(con, task, rule, target)
        except duckdb.Error as error:
            faults.append({"rule": rule["id"], "part": part, "message": str(error).splitlines()[0][:300]})
        spent[rule["id"]] = round(time.process_time() - began_rule, 3)
    con.close()
    return {
        "part": part, "found": found, "faults": faults, "cpu_of_rules": spent,
        "cpu_seconds": round(time.process_time() - cpu, 2), "seconds": round(time.monotonic() - began, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def one(con: duckdb.DuckDBPyConnection, task: dict[str, Any], rule: dict[str, Any], target: Path) -> dict[str, int]:
    """Write what one rule finds; gives how many of each level."""
    written = target.with_name(f".{target.name}.{os.getpid()}")
    written.unlink(missing_ok=True)
    show(con, task, rule["reads"])
    but = f" EXCLUDE ({', '.join(rule['left_out'])})" if rule["left_out"] else ""
    con.execute(f"COPY (SELECT *{but} FROM ({rule['sql']})) TO {quoted(str(written))} {WRITTEN}")
    counted = con.execute(
        f"SELECT CAST(level AS VARCHAR), COUNT(*) FROM read_parquet({quoted(str(written))}) GROUP BY 1 ORDER BY 1"
    )
    levels = dict(counted.fetchall())
    written.replace(target)
    return levels


def quoted(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"
