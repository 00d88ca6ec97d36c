"""A county in memory: a pass of all rules, and how long after the commit of a payment its alert can be seen.

    python benchmarks/screening_county.py [--home DIR] [--seconds 15] [--rates 20,100] [--json]

On a copy of the demonstration county (DIR, or built first). `huilian screen --watch` runs as in service, a process of
its own; this one commits cash payments far over the limit, one village after the other, at a steady rate, and looks for
their alerts every 5 ms. Exit code 1 if an alert does not come within a minute.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import HERE, report

QUICK = ("--seconds", "5", "--rates", "20")
CENTS = 10_000_000
RULE = "ZJ01"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--home", type=Path, help="HUILIAN_HOME of a demonstration that stands; it is copied")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--rates", default="20,100", help="payments a second")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huilian-bench-") as home:
        sys.path.insert(0, str(HERE.parent / "src"))
        os.environ |= {
            "HUILIAN_HOME": home,
            "HUILIAN_SECRET": "bench",
            "DJANGO_SETTINGS_MODULE": "huilian.project.settings",
        }
        os.environ["PYTHONPATH"] = str(HERE.parent / "src")
        if options.home:
            for file in options.home.glob("*.*"):
                shutil.copy(file, home) if file.is_file() else None
        else:
            subprocess.run([sys.executable, "-m", "huilian", "demo", "--no-serve", "--quiet"], check=True,
                           stdout=subprocess.DEVNULL)  # fmt: skip
        import django

        django.setup()
        results = {"full pass": full_pass()}
        lost = 0
        for rate in (float(r) for r in options.rates.split(",")):
            told = waits(rate, options.seconds)
            lost += told["alerts that did not come"]
            results[f"{rate:g} payments a second"] = told
    report(results, as_json=options.json)
    return 1 if lost else 0


def full_pass() -> dict:
    """Loading the county, and all rules over it; medians of five."""
    from huilian.engine.screening import queries
    from huilian.engine.screening.services import screen
    from huilian.engine.screening.store import Store
    from huilian.foundation.now import today

    store = Store()
    began = time.perf_counter()
    store.load()
    load = time.perf_counter() - began
    rules = [r for r in queries.rules() if r.runs]
    walls, cpus, found = [], [], 0
    for _turn in range(6):
        began, cpu = time.perf_counter(), time.process_time()
        found = sum(len(store.find(r.rule, r.values, today())) for r in rules)
        walls.append(time.perf_counter() - began)
        cpus.append(time.process_time() - cpu)
    screen(store=store)
    began = time.perf_counter()
    screen(store=store)
    kept = time.perf_counter() - began
    lines = store.con.execute("SELECT COUNT(*) FROM base.voucher_line").fetchone()
    store.close()
    return {"rules": len(rules), "lines": lines[0] if lines else 0, "found": found, "seconds": sorted(walls[1:])[2],
            "cpu_seconds": sorted(cpus[1:])[2], "first_with_planning": walls[0], "load_seconds": load,
            "seconds_with_keeping": kept}  # fmt: skip


def waits(rate: float, seconds: float) -> dict:
    """Commit payments at a rate beside the watching process; how long until each alert is there."""
    from django.db.models import Max

    from huilian.engine.screening.models import Hit, Outbox

    with Path(os.environ["HUILIAN_HOME"], "watch.log").open("ab") as log:
        watch = subprocess.Popen([sys.executable, "-m", "huilian", "screen", "--watch"], stdout=log, stderr=log)
    committed: dict[str, float] = {}
    taken: list[float] = []
    payments = cycle(bases())
    try:
        for _turn in range(2):  # the first pass loads the county, the second is the first of some villages
            (warm,) = pay(next(payments))
            wait_for(lambda: Hit.objects.filter(rule=RULE, subject=f"voucher:{warm}").exists())  # noqa: B023
            wait_for(lambda: not Outbox.objects.exists())
        done, spent = threading.Event(), cpu(watch.pid)

        def write() -> None:
            from django.db import connection

            began = time.perf_counter()
            for number in range(round(rate * seconds)):
                time.sleep(max(0.0, began + number / rate - time.perf_counter()))
                for pk in pay(next(payments)):
                    committed[f"voucher:{pk}"] = time.perf_counter()
            taken.append(time.perf_counter() - began)
            connection.close()
            done.set()

        threading.Thread(target=write, daemon=True).start()
        seen: dict[str, float] = {}
        last, top = time.monotonic(), Hit.objects.aggregate(top=Max("pk"))["top"]
        while (not done.is_set() or len(seen) < len(committed)) and time.monotonic() - last < 60:
            there = Hit.objects.filter(pk__gt=top, rule=RULE, alert__isnull=False)
            for pk, subject in there.order_by("pk").values_list("pk", "subject"):
                top, last, seen[subject] = pk, time.monotonic(), time.perf_counter()
            time.sleep(0.005)
        spent = cpu(watch.pid) - spent
    finally:
        watch.send_signal(signal.SIGTERM)
        watch.wait(30)
    spans = sorted(at - committed[subject] for subject, at in seen.items() if subject in committed)
    cut = quantiles(spans, n=100) if len(spans) > 1 else [0.0] * 99
    return {"payments": len(committed), "a second": len(committed) / taken[0] if taken else 0.0,
            "p50_ms": cut[49] * 1000, "p99_ms": cut[98] * 1000, "most_ms": (spans or [0.0])[-1] * 1000,
            "CPU of the watch, ms a payment": 1000 * spent / max(1, len(committed)),
            "alerts that did not come": len(committed) - len(spans)}  # fmt: skip


def wait_for(there: Callable[[], bool]) -> None:
    """Come back when it is so; after two minutes in any case."""
    deadline = time.monotonic() + 120
    while not there() and time.monotonic() < deadline:
        time.sleep(0.05)


def cpu(pid: int) -> float:
    """CPU seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def bases() -> list:
    """A posted payment to copy, of every village."""
    from django.db.models import Min

    from huilian.areas.watch.collective.models import Voucher

    posted = Voucher.objects.filter(state="posted", kind="payment", reverses=None).order_by().values("set")
    first = posted.annotate(first=Min("pk")).values("first")
    return list(Voucher.objects.filter(pk__in=first).select_related("set").order_by("pk"))


def pay(base) -> list[int]:
    """One large cash payment in the village of `base`, in order but for that, committed with its row of the outbox."""
    from django.db import transaction
    from django.db.models import Max

    from huilian.areas.watch.collective.models import Account, Invoice, Line, Voucher
    from huilian.engine.screening.services import touch

    with transaction.atomic():
        top = Voucher.objects.filter(set=base.set, month=base.month).aggregate(top=Max("number"))["top"] or 0
        new = Voucher.objects.get(pk=base.pk)
        new.pk, new.number, new.method, new.total_cents = None, top + 1, "cash", CENTS
        new.decision_no, new.decided_on = "决-001", base.date
        new._state.adding = True
        new.save()
        cash = Account.objects.get(number="101", set=None)
        debit = base.lines.filter(debit_cents__gt=0).first()
        Line.objects.bulk_create(
            [
                Line(voucher=new, position=1, account=debit.account, summary=debit.summary, debit_cents=CENTS),
                Line(voucher=new, position=2, account=cash, summary=debit.summary, credit_cents=CENTS),
            ]
        )
        Invoice.objects.create(voucher=new, kind="invoice", number=f"B{new.pk}", seller=new.payee, date=new.date,
                               amount_cents=CENTS)  # fmt: skip
        touch([base.set.village_code], about=[f"voucher:{new.pk}"])
    return [new.pk]


if __name__ == "__main__":
    sys.exit(main())
