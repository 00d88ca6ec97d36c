"""Citizens' letters imported by the ordinary command; answers within 15 working days, counted twice.

    HUILIAN_REAL=/path/to/folder python benchmarks/hotline_letters.py [--json]

The folder holds hotline_answered.csv: 2,816 letters to an anonymised city with their replies and both moments (8th
Teddy Cup 2020, problem C). None of it is part of the product. `huilian import hotline` runs as a process of its own on
an empty database; its seconds are those of the whole command. The same file is then read again by nothing but the csv
module, every reply counted day by day with the library chinesecalendar, and every due date compared. Exit code 1 if a
count or a date differs.
"""

import argparse
import csv
import json
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import own_database, real, report

NEEDS = ("hotline_answered.csv",)
LIMIT = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = run(real(NEEDS[0]))
    report(results, as_json=options.json)
    same = results["answered within 15 working days"] == results["the same by hand"]
    sys.exit(0 if same and not results["due dates that differ"] else 1)


def run(path: Path) -> dict:
    with own_database() as vendor:
        command = [sys.executable, "-m", "huilian", "import", "hotline", str(path), "--json"]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - started
        said = json.loads(done.stdout)
        kept = due_dates()
    answered, in_time, due = by_hand(path)
    return {
        "database": vendor,
        "letters": said["imported"],
        "seconds": round(seconds, 1),
        "letters a second": round(said["imported"] / seconds),
        "answered": said["answered"]["major"],
        "answered, by hand": answered,
        "answered within 15 working days": said["in_time"]["major"],
        "the same by hand": in_time,
        "due dates compared": len(due),
        "due dates that differ": sum(kept.get(number) != day for number, day in due.items()),
        "left open, answered at no known moment": said["open"],
    }


def due_dates() -> dict[str, date]:
    from huilian.areas.hear.hotline.models import Order

    return dict(Order.objects.values_list("origin_number", "case__due_on"))


def by_hand(path: Path) -> tuple[int, int, dict[str, date]]:
    """Answered, answered in time, and the last day of each letter; with no code of the product."""
    answered, in_time, due = 0, 0, {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            last = limit_of(datetime.fromisoformat(row["received_at"]).date())
            due[row["id"]] = last
            if row["replied_at"]:
                answered += 1
                in_time += datetime.fromisoformat(row["replied_at"]).date() <= last
    return answered, in_time, due


def limit_of(received: date) -> date:
    import chinese_calendar

    day, left = received, LIMIT
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    return day


if __name__ == "__main__":
    main()
