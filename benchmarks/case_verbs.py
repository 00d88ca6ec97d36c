"""A case verb, with its trail and its notices in one transaction: how long 16 clients wait for it on two cores.

    python benchmarks/case_verbs.py [--clients 16] [--cases 960] [--pace 50] [--json]

Matters are prepared by the product's import, dispatched to 16 units; 16 processes, each a clerk of one unit, sign for
them, answer them and report them back by the hotline's own services, first with 0.3 s of thought between two acts (an
office at its busiest), then without any (what the machine bears). With `--pace` there is one run instead, of so many
acts a second by all together, and no trail apart (`case_clients.py` compares databases by it). Each process has its own
connection, waits for the others to be ready, and times every act from the call to the commit. The cost of the trail is
taken apart, one process alone: the same verb with `record` and with `record` replaced by nothing, in turns. Works on a
database of its own in a temporary folder; with DATABASE_URL on an empty PostgreSQL database.
"""

import argparse
import csv
import io
import multiprocessing
import os
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import own_database, report

QUICK = ("--cases", "96")
THOUGHT = 0.3  # seconds
HEAD = ("编号", "渠道", "受理时间", "内容", "类别", "承办单位", "派单时间")
ANSWER = "您好，您反映的路灯已由承办单位更换线路，当晚恢复照明。"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--cases", type=int, default=960)
    parser.add_argument("--pace", type=float, default=0.0, help="acts a second of all clients together")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with own_database() as vendor:
        results = {
            "database": vendor,
            "processors": os.cpu_count(),
            **run(options.clients, options.cases, options.pace),
        }
    report(results, as_json=options.json)


def run(clients: int, cases: int, pace: float = 0.0) -> dict:
    from django.db import connections

    clerks = people(clients)
    each = cases // clients
    results: dict[str, object] = {"clients": clients, "acts in each run": 3 * each * clients}
    kinds = [("paced", 0.0)] if pace else [("with 0.3 s of thought", THOUGHT), ("without thought", 0.0)]
    for name, thought in kinds:
        work = matters(clerks, each, name)
        connections.close_all()  # a child must not share a connection
        results[name] = together(work, thought, clients / pace if pace else 0.0)
    if pace:
        return results
    results["the trail"] = trail_cost(matters(clerks[:1], 2 * min(each, 150), "trail")[0])
    return results


def people(many: int) -> list[tuple[int, str]]:
    """One unit each with one clerk: (user, name of the unit)."""
    from django.db import transaction

    from huilian.engine.accounts.models import User
    from huilian.engine.directory import services
    from huilian.engine.directory.models import Person, Post, Unit
    from huilian.engine.trail.actors import SYSTEM

    with transaction.atomic():
        county = services.add_place(code="999901", name="安澜县", by=SYSTEM)
        units = [Unit(name=f"安澜县第{i}局", kind=Unit.Kind.DEPARTMENT, place=county) for i in range(many)]
        services.add_units(units, by=SYSTEM)
        posts = [Post(unit=unit, name="热线经办人", roles=["department_clerk"]) for unit in units]
        services.add_posts(posts, by=SYSTEM)
        users = User.objects.bulk_create([User(username=f"u{i}", name=f"经办{i}", password="!") for i in range(many)])
        persons = [Person(name=user.name, user=user) for user in users]
        services.add_people(persons, by=SYSTEM)
        services.appoint_all(list(zip(persons, posts, strict=True)), starts_on=date(2020, 1, 1), by=SYSTEM)
    return [(user.pk, unit.name) for user, unit in zip(users, units, strict=True)]


def matters(clerks: list[tuple[int, str]], each: int, name: str) -> list[tuple[int, list[int]]]:
    """Matters that wait to be signed for, brought in by the import: for each clerk (user, orders)."""
    from huilian.areas.hear.hotline import services
    from huilian.areas.hear.hotline.models import Order
    from huilian.engine.trail.actors import SYSTEM
    from huilian.foundation.now import now

    at = now() - timedelta(hours=3)
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEAD)
    for i in range(each * len(clerks)):
        when, sent = at.strftime("%Y-%m-%d %H:%M"), (at + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
        unit = clerks[i % len(clerks)][1]
        sheet.writerow((f"{name}-{i}"[:40], "122", when, "村口路灯不亮，晚上出门不方便。", "特殊", unit, sent))
    services.import_orders(out.getvalue().encode(), by=SYSTEM, name="bench.csv")
    of_unit: dict[str, list[int]] = {}
    waiting = Order.objects.filter(case__step="assigned", case__state="open").order_by("pk")
    for pk, unit in waiting.values_list("pk", "case__unit__name"):
        of_unit.setdefault(unit, []).append(pk)
    return [(user, of_unit[unit]) for user, unit in clerks]


def together(work: list[tuple[int, list[int]]], thought: float, every: float) -> dict:
    """All clerks at once, each in a process of its own, with an act `every` so many seconds (0: as they come)."""
    context = multiprocessing.get_context("spawn")
    ready, out = context.Barrier(len(work)), context.Queue()
    clients = [
        context.Process(target=client, args=(user, orders, thought, every, ready, out, seed))
        for seed, (user, orders) in enumerate(work)
    ]
    for process in clients:
        process.start()
    times: list[float] = []
    first, last, refused = [], [], 0
    for _process in clients:
        own, began, ended, errors = out.get()
        times += own
        refused += errors
        first.append(began)
        last.append(ended)
    for process in clients:
        process.join()
    times.sort()
    return {
        "acts": len(times),
        "p50, ms": times[len(times) // 2] * 1000,
        "p95, ms": times[int(len(times) * 0.95)] * 1000,
        "p99, ms": times[int(len(times) * 0.99)] * 1000,
        "worst, ms": times[-1] * 1000,
        "errors of the database": refused,
        "acts a second": len(times) / (max(last) - min(first)),
    }


def client(user: int, orders: list[int], thought: float, every: float, ready, out, seed: int) -> None:
    """One clerk: sign, answer, report, matter after matter."""
    import random

    import django

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
    django.setup()
    from django.db import DatabaseError

    from huilian.areas.hear.hotline.models import Order
    from huilian.engine.accounts.models import User

    by, chance, times, errors = User.objects.get(pk=user), random.Random(seed), [], 0
    found = list(Order.objects.select_related("case").filter(pk__in=orders))
    ready.wait()
    time.sleep((thought or every) * chance.random())
    began, first, number = time.time(), time.perf_counter(), 0
    for order in found:
        for act in acts(order, by):
            time.sleep(max(0.0, first + number * every - time.perf_counter()))
            number += 1
            started = time.perf_counter()
            try:
                act()
            except DatabaseError:  # "database is locked" and its like; the matter goes no further
                errors += 1
                break
            times.append(time.perf_counter() - started)
            if thought:
                time.sleep(thought * (0.5 + chance.random()))
    out.put((times, began, time.time(), errors))


def acts(order, by):
    from huilian.areas.hear.hotline import services

    return (
        lambda: services.sign(order, by=by),
        lambda: services.answer(order, ANSWER, by=by),
        lambda: services.report(order, "已更换线路，附现场照片。", by=by),
    )


def trail_cost(work: tuple[int, list[int]]) -> dict:
    """One process alone: matters by turns with the trail and without."""
    from unittest import mock

    from django.db import connection

    from huilian.areas.hear.hotline.models import Order
    from huilian.engine.accounts.models import User
    from huilian.engine.procedures.services import lifecycle
    from huilian.engine.trail.models import Event

    user, orders = work
    by = User.objects.get(pk=user)
    found = list(Order.objects.select_related("case").filter(pk__in=orders))
    before, times = Event.objects.count(), {True: [], False: []}
    queries = []
    for i, order in enumerate(found):
        kept = i % 2 == 0
        with mock.patch.object(lifecycle, "record", lifecycle.record if kept else lambda *a, **k: None):
            for act in acts(order, by):
                started = time.perf_counter()
                act()
                times[kept].append(time.perf_counter() - started)
    entries = (Event.objects.count() - before) / len(times[True])
    connection.force_debug_cursor = True
    for act in acts(*fresh_one(by)):
        connection.queries_log.clear()
        act()
        queries.append(len(connection.queries_log))
    connection.force_debug_cursor = False
    kept, without = (statistics.median(times[k]) * 1000 for k in (True, False))
    return {
        "a verb with it, ms": kept,
        "a verb without it, ms": without,
        "ratio": kept / without,
        "entries a verb": entries,
        "queries of sign, answer, report": ", ".join(map(str, queries)),
    }


def fresh_one(by):
    """One more matter for `by`, to count queries on."""
    from huilian.areas.hear.hotline.models import Order
    from huilian.engine.accounts.models import User

    unit = by.person.appointments.get().post.unit.name
    ((_user, orders),) = matters([(by.pk, unit)], 1, "queries")
    return Order.objects.select_related("case").get(pk=orders[-1]), User.objects.get(pk=by.pk)


if __name__ == "__main__":
    main()
