"""All rules over a lake of 20 million voucher lines, beside merely scanning the columns each rule reads.

HUILIAN_REAL=/path python benchmarks/screening_lake.py [--lines N | --lake DIR] [--json]
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import _lakes, report

NEEDS = ("divisions/villages.csv.gz",)
QUICK = ("--lines", "1000000")
AIM, AIM_OF_ONE = 2.5, 4.0  # times the scan


def main() -> int:
    parser = _lakes.options(__doc__, lines=20_000_000)
    parser.add_argument("--memory", default="1500MB")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    with _lakes.lake(options) as (lake, spare, day):
        from huilian.engine.screening import scatter

        rules = _lakes.runnable(lake)
        tasks, _skipped = scatter.plan(lake, spare / "out", rules, day, memory=options.memory, threads=options.threads)
        started = time.perf_counter()
        outcome = scatter.told(scatter.here(tasks), scatter.Outcome(day))
        wall, top = time.perf_counter() - started, _lakes.peak()
        cpu: dict[str, float] = {}
        for part in outcome.parts:
            for rule_id, seconds in part["cpu_of_rules"].items():
                cpu[rule_id] = cpu.get(rule_id, 0.0) + seconds
        scans = {rule.id: scan(tasks, rule) for rule in rules}
        lines = count(lake)
    by_rule = sorted(
        ({"rule": r.id, "grain": r.grain, "pairwise": r.pairwise, "cpu": round(cpu[r.id], 2),
          "scan": round(scans[r.id], 2), "ratio": round(cpu[r.id] / max(scans[r.id], 0.001), 1),
          "found": outcome.found.get(r.id, 0)} for r in rules),
        key=lambda row: -row["cpu"],
    )  # fmt: skip
    slow = [row["rule"] for row in by_rule if row["ratio"] > AIM_OF_ONE and not row["pairwise"]]
    results = {
        "lines": lines, "rules": len(rules), "found": sum(outcome.found.values()), "partitions": len(outcome.parts),
        "cpu_seconds": round(sum(cpu.values()), 1), "scan_cpu_seconds": round(sum(scans.values()), 1),
        "ratio": round(sum(cpu.values()) / sum(scans.values()), 2), "aim": AIM,
        "wall_seconds": round(wall, 1), "peak_mb": top,
        "over_4_times_their_scan": " ".join(slow),
        "line_rules_a_cpu_second": round(lines * len(rules) / sum(cpu.values())), "by_rule": by_rule,
    }  # fmt: skip
    report(results, as_json=options.json)
    return 1 if outcome.faults else 0


def scan(tasks: list, rule) -> float:
    """CPU seconds of reading every column the rule reads, in each partition it runs on."""
    from huilian.engine.screening import lake_task

    used, spent = columns(rule), 0.0
    for task in tasks:
        if rule.id not in {body["id"] for body in task["rules"]}:
            continue
        con = lake_task.connect([task["lake"]], memory=task["memory"], threads=task["threads"])
        began = time.process_time()
        lake_task.show(con, task, rule.reads)
        for name, some in used.items():
            # A hash reads the values; the largest one alone could be told from the file's own statistics.
            con.execute(f"SELECT {', '.join(f'BIT_XOR(HASH({c}))' for c in some)} FROM {name}").fetchall()
        spent += time.process_time() - began
        con.close()
    return spent


def columns(rule) -> dict[str, list[str]]:
    """The columns a rule names, by dataset."""
    from sqlglot import exp

    from huilian.engine.screening.binding import tree
    from huilian.engine.screening.catalogue import datasets

    root, known = tree(rule.sql), datasets()
    tables: dict[str, set[str]] = {}
    for table in root.find_all(exp.Table):
        if table.name in rule.reads:
            tables.setdefault(table.alias_or_name, set()).add(table.name)
    used: dict[str, set[str]] = {name: set() for name in rule.reads}
    for column in root.find_all(exp.Column):
        for name in tables.get(column.table, rule.reads if not column.table else ()):
            if column.name in known[name].by_name:
                used[name].add(column.name)
    return {name: sorted(some) for name, some in used.items() if some}


def count(lake: Path) -> int:
    import duckdb

    row = duckdb.sql(f"SELECT COUNT(*) FROM read_parquet('{lake}/voucher_line/*/*.parquet')").fetchone()
    return row[0] if row else 0


if __name__ == "__main__":
    sys.exit(main())
