"""Spark beside DuckDB, in two ways: it schedules DuckDB's tasks over machines, or it answers the rules itself.

As scheduler it sends each task to a worker, and again elsewhere if the worker dies. As engine it runs the same rules
through its own SQL: for rules over more than one machine holds, and as the independent check of the other engine.
pyspark is an extra (requirements/spark.txt) and needs Java 17.
"""

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

import huilian
from huilian.foundation.errors import Refused

from . import lake_task

LOCAL = "local[2]"
ROOT = Path(huilian.__file__).parent.parent  # where workers import huilian from


def available() -> None:
    """Raises `Refused` with what is missing and how to get it."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise Refused(_("Spark is not installed: pip install --require-hashes -r requirements/spark.txt.")) from None
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and Path(home, "bin", "java").exists())):
        raise Refused(_("Spark needs Java 17, and no java was found: install it or set JAVA_HOME."))


@contextlib.contextmanager
def session(master: str = LOCAL, *, memory: str = "1g", partitions: int = 4) -> Iterator[Any]:
    """A Spark session on `master`: "local[2]" in this process, or "spark://host:7077" of a cluster."""
    available()
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1" if "127.0.0.1" in master or master.startswith("local") else "")
    if not os.environ["SPARK_LOCAL_IP"]:
        del os.environ["SPARK_LOCAL_IP"]
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": memory,
        "spark.executor.memory": memory,
        "spark.executorEnv.PYTHONPATH": os.environ["PYTHONPATH"],
        "spark.sql.shuffle.partitions": str(partitions),
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "Asia/Shanghai",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
        "spark.task.maxFailures": "8",
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": "false",
    }
    if "127.0.0.1" in master:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.master(master).appName("huilian screen")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()


def scheduled(spark: Any, tasks: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Run DuckDB's tasks on the workers of the cluster; they must see the lake and the folder of findings."""
    return spark.sparkContext.parallelize(tasks, max(1, len(tasks))).map(lake_task.run).collect()


def as_engine(spark: Any, tasks: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Run tasks whose rules are in Spark's SQL; each over all provinces at once, as Spark spreads them itself."""
    return [_run(spark, task) for task in tasks]


# ---------------------------------------------------------------------- inside


def _run(spark: Any, task: dict[str, Any]) -> dict[str, Any]:
    began, found, faults = time.monotonic(), {}, []
    part = "all" if task["province"] == "*" else f"province={task['province']}"
    for rule in task["rules"]:
        target = Path(task["out"]) / rule["id"] / f"{part}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            table = _find(spark, task, rule)
        except Exception as error:  # whatever the JVM raises belongs to this rule
            faults.append({"rule": rule["id"], "part": part, "message": str(error).splitlines()[0][:300]})
            continue
        written = target.with_name(f".{target.name}.{os.getpid()}")
        pq.write_table(table.drop_columns([n for n in rule["left_out"] if n in table.column_names]), written)
        written.replace(target)
        levels = table.column("level").cast(pa.string()).value_counts().to_pylist()
        found[rule["id"]] = {entry["values"]: entry["counts"] for entry in levels}
    return {"part": part, "found": found, "faults": faults, "cpu_of_rules": {}, "cpu_seconds": 0.0,
            "seconds": round(time.monotonic() - began, 2), "peak_mb": 0}  # fmt: skip


def _find(spark: Any, task: dict[str, Any], rule: dict[str, Any]) -> pa.Table:
    for name in rule["reads"]:
        frame = spark.read.parquet(*lake_task.files(task["lake"], name, task["province"]))
        frame.select(*task["datasets"][name]).createOrReplaceTempView(name)
    return spark.sql(rule["sql"]).toArrow()
