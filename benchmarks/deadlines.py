"""Due dates against chinesecalendar: are they the same, and what does one cost?

    python benchmarks/deadlines.py [--json]

Every start day 2016-01-01…2025-12-01 and n in 1…15 is compared with a walk that asks the library day by day. The cost
of a due date is taken over the same pairs; the library's walk is timed on a sample of them, in turns with ours. Exit
code 1 if anything differs.
"""

import argparse
import json
import random
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
FIRST, LAST, MOST = date(2016, 1, 1), date(2025, 12, 1), 15
ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=2000, help="pairs timed with the library, in each round")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    import chinese_calendar

    from huilian.foundation.holidays import announced_years, library_years
    from huilian.foundation.workdays import WorkCalendar

    years = library_years() | announced_years()
    started = time.perf_counter()
    calendar = WorkCalendar(years)
    built = time.perf_counter() - started
    pairs = [(FIRST + timedelta(days=i), n) for i in range((LAST - FIRST).days + 1) for n in range(1, MOST + 1)]

    def walk(day: date, n: int) -> date:
        while n:
            day += timedelta(days=1)
            n -= chinese_calendar.is_workday(day)
        return day

    differences = sum(calendar.add(day, n) != walk(day, n) for day, n in pairs)
    ours, theirs = [], []
    for turn in range(ROUNDS):
        sample = random.Random(turn).sample(pairs, options.sample)
        ours.append(each(calendar.add, pairs))
        theirs.append(each(walk, sample))
    results = {
        "pairs compared": len(pairs),
        "differences": differences,
        "a due date, ns": statistics.median(ours),
        "the library's walk, ns": statistics.median(theirs),
        "times faster": statistics.median(t / o for t, o in zip(theirs, ours, strict=True)),
        "building the calendar, ms": built * 1000,
    }
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        for name, value in results.items():
            print(f"{name:<28} {value:>12,.1f}" if isinstance(value, float) else f"{name:<28} {value:>12,}")
    sys.exit(1 if differences else 0)


def each(function, pairs) -> float:
    """Nanoseconds for one call, the loop taken off."""
    started = time.perf_counter()
    for day, n in pairs:
        function(day, n)
    spent = time.perf_counter() - started
    started = time.perf_counter()
    for _day, _n in pairs:
        pass
    return (spent - (time.perf_counter() - started)) / len(pairs) * 1e9


if __name__ == "__main__":
    main()
