"""A list of a million cases: server time of the pages that a leader and a clerk open.

    python benchmarks/case_list.py [--cases 1000000] [--repeat 15] [--json]

Rows are made by SQL in a database of its own (a temporary SQLite file, or DATABASE_URL on an empty PostgreSQL
database): 23 townships, 80 units, 5 % of the cases open; then the worst case, all of them open. Each page is asked for
through the whole stack (middleware, session, access, template); the first request of each is not counted. Beside the
time on the wall stands that of the processor, which a busy machine does not change. Open Zaak
publishes 140 ms (leader) and 200 ms (clerk) for lists of this size, one user on ten processors.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
QUICK = ("--cases", "20000", "--repeat", "5")
LIMITS = {"leader": 140.0, "clerk": 200.0}  # ms, as Open Zaak publishes them
TOWNSHIPS, DEPARTMENTS = 23, 80
PAGES = (  # who, what, user's attribute, address
    ("leader", "all open cases", "leader", "/desk/cases/"),
    ("leader", "red ones", "leader", "/desk/cases/?level=red"),
    ("leader", "page 500", "leader", "/desk/cases/?page=500"),
    ("leader", "one township", "leader", "/desk/cases/?township={township}"),
    ("leader", "open and closed, newest first", "leader", "/desk/cases/?state=any"),
    ("clerk", "township clerk, all open cases", "clerk", "/desk/cases/"),
    ("clerk", "township clerk, open and closed", "clerk", "/desk/cases/?state=any"),
    ("clerk", "department clerk, my tasks", "handler", "/desk/"),
    ("clerk", "department clerk, all open cases", "handler", "/desk/cases/"),
    ("clerk", "hotline operator, my tasks", "operator", "/desk/"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huilian-bench-") as home:
        os.environ.update(
            HUILIAN_HOME=home,
            HUILIAN_SECRET="bench",
            HUILIAN_SECOND_FACTOR="0",
            DJANGO_SETTINGS_MODULE="huilian.project.settings",
        )
        results = run(options.cases, options.repeat)
    if options.json:
        print(json.dumps(results, indent=1, ensure_ascii=False))
        return
    print(results["machine"])
    for row in results["rows"]:
        verdict = "ok" if row["median_ms"] < row["limit_ms"] else "TOO SLOW"
        print(
            f"{row['open']:>10} {row['who']:<7} {row['what']:<36} {row['median_ms']:7.1f} ms median "
            f"({row['cpu_ms']:.1f} of the processor) "
            f"{row['worst_ms']:7.1f} worst, limit {row['limit_ms']:.0f}  {verdict}"
        )


def run(cases: int = 1_000_000, repeat: int = 15) -> dict:
    """Measure both states; returns the machine and a row a page."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from huilian.project import texts

    texts.compile_stale()
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    people = county()
    fill(cases, people)
    rows = []
    for label, update in (("5 % open", None), ("all open", _open_all)):
        if update:
            update()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        rows += [{"open": label, **row} for row in measure(people, repeat)]
    machine = f"{platform.machine()} {os.cpu_count()} cpus, Python {platform.python_version()}, {connection.vendor}"
    return {"machine": machine, "cases": cases, "rows": rows}


def county() -> dict:
    """A county made by services: townships, departments, four people, the procedure."""
    from django.db import transaction

    from huilian.engine.accounts.models import User
    from huilian.engine.directory import services
    from huilian.engine.procedures.services import publish_all
    from huilian.engine.trail.actors import SYSTEM
    from huilian.project import discover

    made: dict = {"townships": [], "villages": [], "governments": [], "departments": []}
    with transaction.atomic():
        place = services.add_place(code="999901", name="安澜县", parent=None, by=SYSTEM)
        top = services.add_unit(name="安澜县人民政府", kind="county_government", place=place, by=SYSTEM)
        for i in range(TOWNSHIPS):
            town = services.add_place(code=f"9999011{i:02}", name=f"第{i + 1}镇", parent=place, by=SYSTEM)
            made["townships"].append(town)
            made["villages"].append(
                services.add_place(code=f"9999011{i:02}201", name=f"第{i + 1}镇一村", parent=town, by=SYSTEM)
            )
            made["governments"].append(
                services.add_unit(name=f"第{i + 1}镇人民政府", kind="township_government", place=town, by=SYSTEM)
            )
        for i in range(DEPARTMENTS):
            made["departments"].append(
                services.add_unit(name=f"安澜县第{i + 1}局", kind="department", place=place, by=SYSTEM)
            )
        centre = services.add_unit(name="安澜县热线中心", kind="hotline_centre", place=place, by=SYSTEM)
        for key, unit, role in (
            ("leader", top, "county_leader"),
            ("clerk", made["governments"][7], "township_clerk"),
            ("handler", made["departments"][7], "department_clerk"),
            ("operator", centre, "hotline_operator"),
        ):
            user = User(username=key, name=key)
            user.set_unusable_password()
            user.save()
            person = services.add_person(name=key, user=user, by=SYSTEM)
            post = services.add_post(unit=unit, name=key, roles=[role], by=SYSTEM)
            services.appoint(person, post, starts_on=date(2020, 1, 1), by=SYSTEM)
            made[key] = user
        publish_all(discover.files("procedures/*.yaml"))
    return made


def fill(count: int, people: dict) -> None:
    """A year of cases with their clocks; then the same year again and again by SQL, until there are `count`."""
    year = min(count, 20_000)
    fill_year(year, people)
    from django.db import connection, transaction

    from huilian.engine.clocks.models import Clock
    from huilian.engine.procedures.models import Case

    def copied(model, changed: dict[str, str]) -> str:
        columns = [f.column for f in model._meta.concrete_fields]
        table, names = connection.ops.quote_name(model._meta.db_table), [connection.ops.quote_name(c) for c in columns]
        values = [changed.get(c, name) for c, name in zip(columns, names, strict=True)]
        return f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} WHERE id <= {year}"

    for start in range(year, count, year):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copied(Clock, {"id": f"id + {start}", "subject": f"subject || '-{start}'"}))
            moved = {name: f"{name} + {start}" for name in ("id", "clock_id", "lamp_id")}
            cursor.execute(copied(Case, {**moved, "number": f"number || '-{start}'"}))


def fill_year(count: int, people: dict) -> None:
    """Cases and their clocks, straight into the tables; every twentieth is open, at the steps of the procedure."""
    from django.db import transaction

    from huilian.engine.clocks.models import Clock
    from huilian.engine.directory.models import Person
    from huilian.engine.procedures.models import Case
    from huilian.engine.procedures.queries import current_procedure
    from huilian.foundation.now import now

    procedure, today = current_procedure("hotline"), now()
    handlers = Person.objects.bulk_create(Person(name=f"承办人{i}") for i in range(400))
    handlers += Person.objects.filter(user__in=[people["handler"], people["clerk"]])
    steps = ("working", "working", "working", "assigned", "checking", "calling", "reporting", "sorting")
    chunk = 5000
    for start in range(0, count, chunk):
        clocks, cases = [], []
        for i in range(start, min(start + chunk, count)):
            at = today - timedelta(minutes=26 * i)  # a year
            town = i % TOWNSHIPS
            unit = people["governments"][town] if i % 3 else people["departments"][i % DEPARTMENTS]
            is_open = i % 20 == 0
            due = (at + timedelta(days=21)).date()
            colour = (3 if i % 31 == 0 else 2 if i % 17 == 0 else 1 if i % 7 == 0 else 0) if is_open else 0
            clocks.append(
                Clock(
                    id=i + 1,
                    subject=f"procedures.case:B{i:08}",
                    kind="whole",
                    unit="workday",
                    length=15,
                    started_at=at,
                    due_on=due,
                    due_at=at + timedelta(days=21),
                    colour=colour,
                    state="running" if is_open else "stopped",
                    stopped_at=None if is_open else at,
                )
            )
            cases.append(
                Case(
                    number=f"B{i:08}",
                    procedure=procedure,
                    kind="hotline",
                    title=f"第{i}件：村口路灯不亮，晚上出行不便",
                    class_key=("general", "special", "major")[i % 3],
                    source="122",
                    place=people["villages"][town],
                    township=people["townships"][town],
                    unit=unit,
                    handler=handlers[i * 7 % len(handlers)] if i % 2 else None,
                    step=steps[i // 20 % 8] if is_open else "closed",
                    state="open" if is_open else "closed",
                    received_at=at,
                    closed_at=None if is_open else at,
                    clock_id=i + 1,
                    lamp_id=i + 1,
                    due_on=due,
                    colour=colour,
                    is_paused=is_open and i % 97 == 0,
                )
            )
        with transaction.atomic():
            Clock.objects.bulk_create(clocks, batch_size=2000)
            Case.objects.bulk_create(cases, batch_size=2000)


def _open_all() -> None:
    """The worst case: nothing was ever closed. Steps and lamps fall as they may."""
    from django.db.models import Case as Either
    from django.db.models import CharField, F, Value, When
    from django.db.models.functions import Mod

    from huilian.engine.procedures.models import Case

    steps = ("working", "assigned", "checking", "sorting")
    whens = [When(m=k, then=Value(step)) for k, step in enumerate(steps)]
    Case.objects.annotate(m=Mod(F("id"), Value(4))).filter(state="closed").update(
        state="open",
        closed_at=None,
        step=Either(*whens, output_field=CharField()),
        colour=Mod(F("id") / Value(4), Value(4)),
    )


def measure(people: dict, repeat: int) -> list[dict]:
    """Median and worst time of each page, in ms of the server."""
    from django.test import Client

    rows = []
    for who, what, user, address in PAGES:
        client = Client()
        client.force_login(people[user], backend="django.contrib.auth.backends.ModelBackend")
        path, times, cpu = address.format(township=people["townships"][7].pk), [], []
        for i in range(repeat + 1):
            begin, busy = time.perf_counter(), time.process_time()
            response = client.get(path)
            if i:
                times.append((time.perf_counter() - begin) * 1000)
                cpu.append((time.process_time() - busy) * 1000)
            assert response.status_code == 200 and b'id="worklist"' in response.content, path
        rows.append(
            {
                "who": who,
                "what": what,
                "median_ms": round(statistics.median(times), 1),
                "cpu_ms": round(statistics.median(cpu), 1),
                "worst_ms": round(max(times), 1),
                "limit_ms": LIMITS[who],
            }
        )
    return rows


if __name__ == "__main__":
    main()
