"""One sweep over a million open clocks against a bare UPDATE of the rows it changes.

    python benchmarks/recolour.py [--clocks 1000000] [--json]

Clocks begin at random moments of the last sixteen days with limits of 3, 7 and 15 working days, due dates and colours
computed by the product (ten thousand of them, the others copied). Time then goes on by one day, as if no sweep had run
since yesterday, and by one minute. The bare UPDATE sets the same two columns of the same rows by primary key, from a
table of their numbers: what any program would have to write at the least. Each is done in a transaction that is rolled
back, so that all begin alike. Works on a database of its own in a temporary folder; with DATABASE_URL on an empty
PostgreSQL database.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
QUICK = ("--clocks", "50000")
COMPUTED, ROUNDS = 10_000, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clocks", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huilian-bench-") as home:
        os.environ.update(HUILIAN_HOME=home, HUILIAN_SECRET="bench", DJANGO_SETTINGS_MODULE="huilian.project.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", "clocks", verbosity=0)
        call_command("migrate", "calendar", verbosity=0)
        results = {"database": connection.vendor, **measure(options.clocks)}
    if options.json:
        print(json.dumps(results, indent=1))
    else:
        for name, value in results.items():
            print(f"{name:<48} {value:>12,.4f}" if isinstance(value, float) else f"{name:<48} {value!s:>12}")


def measure(many: int) -> dict:
    from django.db import connection

    from huilian.engine.clocks.models import Clock
    from huilian.engine.clocks.services import sweep
    from huilian.foundation.now import CHINA, frozen

    now = datetime(2026, 11, 19, 0, 0, tzinfo=CHINA)  # a Thursday, so that the next day is a working day
    with frozen(now):
        each = fill(many, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    results = {"clocks": many, "computing one clock, us": each * 1e6}
    for name, later in (("a day later", timedelta(days=1)), ("a minute later", timedelta(minutes=1))):
        at = now + later
        changed = undone(lambda at=at: sweep(at))[1]
        wide = undone(lambda at=at: sweep(at, full=True))[1]
        assert {c[0]: c.colour for c in changed} == {c[0]: c.colour for c in wide}, "both ways must agree"
        by_index, by_all, bare = [], [], []
        for _turn in range(ROUNDS):
            by_index.append(undone(lambda at=at: sweep(at))[0])
            by_all.append(undone(lambda at=at: sweep(at, full=True))[0])
            bare.append(bare_update([c.id for c in changed], at))
        results |= {
            f"{name}: rows changed": len(changed),
            f"{name}: sweep, s": statistics.median(by_index),
            f"{name}: comparing every clock, s": statistics.median(by_all),
        }
        if changed:
            ratios = [s / b for s, b in zip(by_index, bare, strict=True)]
            results |= {
                f"{name}: bare UPDATE of the same rows, s": statistics.median(bare),
                f"{name}: ratio of the sweep to it": statistics.median(ratios),
            }
    assert Clock.objects.count() == many
    return results


def fill(many: int, now: datetime) -> float:
    """Fill the table; returns seconds for one clock. Events are left out: a sweep does not look at them.

    The first clocks are computed one by one by the product; the others are copies of them under other names, because
    what is measured is the sweep and not the filling.
    """
    from django.db import connection

    from huilian.engine.clocks.models import Clock
    from huilian.engine.clocks.services import Start, _build, _Calendars

    chance, calendars, rows = random.Random(20261119), _Calendars(), []
    started = time.perf_counter()
    for number in range(min(many, COMPUTED)):
        start = now - timedelta(seconds=chance.randrange(16 * 24 * 3600))
        order = Start(f"hotline.order:{number}", chance.choice((3, 7, 15)), start_at=start)
        rows.append(_build(order, now, calendars)[0])
    each = (time.perf_counter() - started) / len(rows)
    Clock.objects.bulk_create(rows, batch_size=500)
    others = ", ".join(f.column for f in Clock._meta.fields if f.column not in ("id", "subject"))
    with connection.cursor() as cursor:
        for copy in range(1, -(-many // COMPUTED)):
            cursor.execute(
                f"INSERT INTO clocks_clock (subject, {others}) SELECT subject || %s, {others} FROM clocks_clock "
                "WHERE id <= %s ORDER BY id LIMIT %s",
                [f"-{copy}", rows[-1].pk, many - copy * COMPUTED],
            )
    return each


class _Undo(Exception):
    pass


def undone(act) -> tuple[float, list]:
    """Seconds for `act` with its commit-time work left out, and what it returned; nothing of it is kept."""
    from django.db import transaction

    result, spent = [], 0.0
    try:
        with transaction.atomic():
            started = time.perf_counter()
            result = act()
            spent = time.perf_counter() - started
            raise _Undo
    except _Undo:
        tidy()
        return spent, result


def bare_update(ids: list[int], at: datetime) -> float:
    """Seconds for writing the same columns of the same rows by key."""
    from django.db import connection, transaction

    spent = 0.0
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE bare (id bigint PRIMARY KEY)")
            cursor.executemany("INSERT INTO bare VALUES (%s)", [(i,) for i in ids])
            started = time.perf_counter()
            cursor.execute(
                "UPDATE clocks_clock SET colour = 3, next_at = %s WHERE id IN (SELECT id FROM bare)",
                [connection.ops.adapt_datetimefield_value(at + timedelta(days=1))],
            )
            spent = time.perf_counter() - started
            raise _Undo
    except _Undo:
        tidy()
        return spent


def tidy() -> None:
    """PostgreSQL keeps the rows of what was rolled back until they are cleared; a real county has this done for it."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM clocks_clock")


if __name__ == "__main__":
    main()
