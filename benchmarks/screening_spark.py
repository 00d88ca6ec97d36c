"""The same rules over the same lake by DuckDB and by Spark's own SQL: CPU and memory (needs requirements/spark.txt).

HUILIAN_REAL=/path python benchmarks/screening_spark.py [--lines N | --lake DIR] [--json]
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import _lakes, report

NEEDS = ("divisions/villages.csv.gz",)
QUICK = ("--lines", "500000")
AIM = 8  # times less CPU


def main() -> int:
    options = _lakes.options(__doc__, lines=20_000_000).parse_args()
    with _lakes.lake(options) as (lake, spare, day):
        from huilian.engine.screening import scatter, spark
        from huilian.foundation.errors import Refused

        try:
            spark.available()
        except Refused as refused:
            sys.exit(str(refused))
        rules = _lakes.runnable(lake)
        tasks, _skipped = scatter.plan(lake, spare / "duckdb", rules, day)
        duck = scatter.told(scatter.here(tasks), scatter.Outcome(day))
        duck_peak = _lakes.peak()
        tasks, _skipped = scatter.plan(lake, spare / "spark", rules, day, whole=True, dialect="spark")
        with spark.session(memory="3g") as session:
            session.sql("SELECT 1").toArrow()
            pid = session.sparkContext._jvm.java.lang.ProcessHandle.current().pid()
            before, started = cpu_of(pid), time.perf_counter()
            other = scatter.told(spark.as_engine(session, tasks), scatter.Outcome(day))
            spent, wall, held = cpu_of(pid) - before, time.perf_counter() - started, _lakes.peak(pid)
        differs = _lakes.differing(spare / "duckdb", spare / "spark", rules)
    results = {
        "rules": len(rules),
        "duckdb": {"cpu_seconds": duck.cpu_seconds, "peak_mb": duck_peak, "found": sum(duck.found.values())},
        "spark": {"cpu_seconds": round(spent, 1), "wall_seconds": round(wall, 1), "peak_mb": held,
                  "found": sum(other.found.values())},
        "cpu_ratio": round(spent / max(duck.cpu_seconds, 0.01), 1), "aim": AIM,
        "rules_that_differ": len(differs), "rows_that_differ": sum(differs.values()),
    }  # fmt: skip
    report(results, as_json=options.json)
    return 1 if differs or duck.faults or other.faults else 0


def cpu_of(pid: int) -> float:
    """CPU seconds a process has used, all its threads."""
    import os

    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
