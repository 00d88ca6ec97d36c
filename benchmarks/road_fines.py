"""150,370 real penalty cases read and judged by a procedure, beside an independent count.

    HUILIAN_REAL=… python benchmarks/road_fines.py [--json]

The log is read twice: by the reader of the product and by `road_fines_check.py`, which knows only the standard library
and counts in another way. Reading and judging run in a process of their own, so that its peak memory is theirs. With
pm4py installed in the Python of PM4PY_PYTHON, its time to read the same file stands beside. Exit code 1 if a count
differs.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import HERE, real, report
from benchmarks.road_fines_check import count

NEEDS = ("fines_log.xes.gz",)
PM4PY = """
import json, sys, time, pm4py
started, used = time.perf_counter(), time.process_time()
log = pm4py.read_xes(sys.argv[1])
print(json.dumps({"s": round(time.perf_counter() - started, 1), "CPU s": round(time.process_time() - used, 1),
                  "events": len(log)}))
"""


def ours(path: str) -> dict:
    sys.path.insert(0, str(HERE.parent / "src"))
    import yaml

    from huilian.engine.mining import reading
    from huilian.engine.mining.judging import judge
    from huilian.engine.mining.prescription import prescribe

    prescription = prescribe(yaml.safe_load((HERE / "road-fines.yaml").read_text("utf-8")))
    times = [(time.perf_counter(), time.process_time())]
    log = reading.read(path)
    times.append((time.perf_counter(), time.process_time()))
    judgment = judge(log, prescription)
    times.append((time.perf_counter(), time.process_time()))
    sending, appealing = judgment.limits
    spent = [[round(b - a, 2) for a, b in zip(first, then, strict=True)] for first, then in pairwise(times)]
    return {
        "counts": {
            "cases": len(log.cases), "events": len(log), "variants": len(log.variants()),
            "sending late": sending.late, "sending never": sending.never, "sending lifted": sending.lifted,
            "appealing late": appealing.late,
        },
        "reading, s": spent[0][0], "reading, CPU s": spent[0][1], "judging, s": spent[1][0],
        "judging, CPU s": spent[1][1],
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "cases on the prescribed way": judgment.conforming,
        "deviations, cases": {kind: cases for kind, (cases, _rows) in judgment.deviations.items()},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--ours", metavar="FILE", help="only read and judge this file, and print the result")
    options = parser.parse_args()
    if options.ours:
        print(json.dumps(ours(options.ours)))
        return
    path = str(real(NEEDS[0]))
    results = json.loads(_run([sys.executable, __file__, "--ours", path]))
    counts = results.pop("counts")
    started, used = time.perf_counter(), time.process_time()
    checked = count(path)
    results |= counts
    results["independent count, s"] = round(time.perf_counter() - started, 1)
    results["independent count, CPU s"] = round(time.process_time() - used, 1)
    results |= {
        f"{key} by elapsed hours (not used)": n for key, n in checked["by elapsed hours instead of days"].items()
    }
    results["counts that differ"] = sum(checked[key] != value for key, value in counts.items())
    if python := os.environ.get("PM4PY_PYTHON"):
        theirs = json.loads(_run([python, "-W", "ignore", "-c", PM4PY, path]).splitlines()[-1])
        results |= {f"pm4py reading, {key}": value for key, value in theirs.items()}
    report(results, as_json=options.json)
    sys.exit(0 if not results["counts that differ"] else 1)


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
