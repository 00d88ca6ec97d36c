"""SQLite and PostgreSQL under 16 clients that do 50 acts a second on cases together: how long they wait, and whether.

    python benchmarks/case_clients.py [--clients 16] [--pace 50] [--cases 480] [--turns 2] [--json]

`case_verbs.py` by turns on each database, both fresh: a process for each client, the product's own services, an act
timed from the call to the commit. PostgreSQL is started for the run, without waiting for its disk, as SQLite in WAL
mode does not wait either. The ratio is that of the medians of the turns' p99. Exit code 1 on an error of a database,
such as a lock, or where SQLite takes more than twice as long as PostgreSQL.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import HERE, report

QUICK = ("--cases", "96", "--turns", "1")
MOST = 2.0  # times PostgreSQL's p99
BESIDE = [sys.executable, str(HERE.parent / "tests/tools/with_postgres.py"), "--"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--pace", type=float, default=50, help="acts a second of all together")
    parser.add_argument("--cases", type=int, default=480)
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    wanted = ["--clients", options.clients, "--cases", options.cases, "--pace", options.pace, "--json"]
    one = [sys.executable, str(HERE / "case_verbs.py"), *map(str, wanted)]
    turns: dict[str, list[dict]] = {"SQLite": [], "PostgreSQL": []}
    for _turn in range(options.turns):
        turns["SQLite"].append(measured(one))
        turns["PostgreSQL"].append(measured([*BESIDE, *one]))
    results: dict[str, object] = {
        name: {key: median(turn[key] for turn in found) for key in found[0]} for name, found in turns.items()
    }
    p99 = {name: median(turn["p99, ms"] for turn in found) for name, found in turns.items()}
    errors = sum(turn["errors of the database"] for found in turns.values() for turn in found)
    results |= {"p99 of SQLite, times PostgreSQL's": p99["SQLite"] / p99["PostgreSQL"], "errors": errors}
    report(results, as_json=options.json)
    return 1 if errors or p99["SQLite"] > MOST * p99["PostgreSQL"] else 0


def measured(command: list[str]) -> dict:
    """What a run of `case_verbs.py` found."""
    clean = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return json.loads(subprocess.run(command, env=clean, check=True, stdout=subprocess.PIPE).stdout)["paced"]


if __name__ == "__main__":
    sys.exit(main())
