"""Every rule gives the same rows whole, cut by province, village by village, by Spark's SQL, and when a worker dies.

HUILIAN_REAL=/path python benchmarks/screening_parity.py [--lines N | --lake DIR] [--without-spark] [--json]
"""

import os
import shutil
import signal
import sys
import threading
import time
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import _lakes, report

NEEDS = ("divisions/villages.csv.gz",)
QUICK = ("--lines", "200000", "--batch", "200")


def main() -> int:
    parser = _lakes.options(__doc__, lines=1_000_000)
    parser.add_argument("--batch", type=int, default=50, help="villages the resident store is given at a time")
    parser.add_argument("--without-spark", action="store_true")
    options = parser.parse_args()
    with _lakes.lake(options) as (lake, spare, day):
        from huilian.engine.screening import scatter, spark
        from huilian.foundation.errors import Refused

        rules = _lakes.runnable(lake)
        how = {"personal": True}
        whole, _s = scatter.plan(lake, spare / "whole", rules, day, whole=True, **how)
        cut, _s = scatter.plan(lake, spare / "cut", rules, day, **how)
        base = scatter.told(scatter.here(whole), scatter.Outcome(day))
        parts = scatter.told(scatter.here(cut), scatter.Outcome(day))
        faults = base.faults + parts.faults
        compared = {"cut by province": _lakes.differing(spare / "whole", spare / "cut", rules)}
        compared["village by village"] = incremental(lake, spare / "whole", rules, day, options.batch)
        killed = ""
        if not options.without_spark:
            try:
                spark.available()
            except Refused as refused:
                sys.exit(str(refused))
            tasks, _s = scatter.plan(lake, spare / "spark", rules, day, whole=True, dialect="spark", **how)
            with spark.session(memory="3g") as session:
                second = scatter.told(spark.as_engine(session, tasks), scatter.Outcome(day))
            faults += second.faults
            compared["Spark SQL"] = _lakes.differing(spare / "whole", spare / "spark", rules)
            tasks, _s = scatter.plan(lake, spare / "killed", rules, day, **how)
            killed = with_a_death(tasks, spare)
            compared["a worker killed"] = _lakes.differing(spare / "whole", spare / "killed", rules)
    results = {
        "rules": len(rules), "found": sum(base.found.values()), "faults": len(faults), "killed": killed,
        "rows_that_differ": {name: sum(by_rule.values()) for name, by_rule in compared.items()},
        "rules_that_differ": {name: " ".join(by_rule) for name, by_rule in compared.items() if by_rule},
    }  # fmt: skip
    report(results, as_json=options.json)
    return 1 if faults or any(compared.values()) else 0


def incremental(lake: Path, whole: Path, rules: list, day, batch: int) -> dict[str, int]:
    """The rules in a resident store, over a few villages at a time, or over a county at a time."""
    import duckdb

    from huilian.engine.screening.catalogue import datasets
    from huilian.engine.screening.lake_task import files
    from huilian.engine.screening.store import Store

    local = [rule for rule in rules if rule.grain != "cross"]
    known = datasets()
    store = Store({n: known[n] for n in sorted({n for r in local for n in r.reads})}, memory="4GB")
    for name, dataset in store.datasets.items():
        given = f"SELECT {', '.join(c.name for c in dataset.columns)} FROM read_parquet({files(str(lake), name, '*')})"
        store.con.register("arriving", duckdb.sql(given).to_arrow_table())
        store.con.execute(f"INSERT INTO base.{name} SELECT * FROM arriving")
        store.con.unregister("arriving")
    villages = [row[0] for row in store.con.execute("SELECT village_code FROM base.account_set ORDER BY 1").fetchall()]
    found: dict[str, list] = {rule.id: [] for rule in local}
    few = [("village", villages[start : start + batch]) for start in range(0, len(villages), batch)]
    few += [("county", list(of_one)) for _code, of_one in groupby(villages, lambda code: code // 1_000_000)]
    for grain, some in few:
        store.narrow(some)
        for rule in (rule for rule in local if rule.grain == grain):
            found[rule.id] += [
                (f.village_code, f.subject, f.key, f.level, f.evidence)
                for f in store.find(rule, rule.values, day, schema="part")
            ]
    store.close()
    differs = {}
    for rule in local:
        text = f"SELECT village_code, subject, key, level, evidence FROM read_parquet('{whole}/{rule.id}/*.parquet')"
        known_rows = [
            (v, s, k or "", n, tuple(dict.fromkeys((e or "").split()))[:20])
            for v, s, k, n, e in duckdb.sql(text).fetchall()
        ]
        if number := len(set(known_rows) ^ set(found[rule.id])) + abs(len(known_rows) - len(found[rule.id])):
            differs[rule.id] = number
    return differs


def with_a_death(tasks: list, spare: Path) -> str:
    """Run the tasks on two workers and kill one with its executor once the first findings are there; tells when."""
    from huilian.engine.screening import spark, spark_cluster

    home, out, said = spare / "cluster", Path(tasks[0]["out"]), []
    started = spark_cluster.up(home, port=7177)

    def kill() -> None:
        began = time.monotonic()
        while time.monotonic() - began < 300:
            done = len(list(out.glob("*/*.parquet")))
            if done >= sum(len(task["rules"]) for task in tasks) // 4:
                os.killpg(started["pids"][-1], signal.SIGKILL)
                said.append(f"after {done} files of findings")
                return
            time.sleep(0.02)

    killer = threading.Thread(target=kill, daemon=True)
    try:
        with spark.session(started["master"], memory="512m") as session:
            killer.start()
            list(spark.scheduled(session, tasks))
        killer.join(1)
    finally:
        spark_cluster.down(home)
    shutil.rmtree(out / ".spill", ignore_errors=True)
    return said[0] if said else "the run was over before"


if __name__ == "__main__":
    sys.exit(main())
