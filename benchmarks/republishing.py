"""1,000 running cases keep their version while their procedure is redrawn and published 20 times; then all are closed.

    python benchmarks/republishing.py [--cases 1000] [--times 20] [--json]

Cases are opened on version 1. Then, 20 times over, a clerk's draft with one step more and another limit is saved and
published, a case is opened on the new version, and every case is asked for its version. At the end each of the first
cases walks its own steps to its own end, and none of them has a step that came later. Works on a database of its own
in a temporary folder; with DATABASE_URL on an empty PostgreSQL database.
"""

import argparse
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks import own_database, report

QUICK = ("--cases", "200")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with own_database() as vendor:
        results = {"database": vendor, **run(options.cases, options.times)}
    report(results, as_json=options.json)


def run(cases: int, times: int, walked: int | None = None) -> dict:
    """Everything once; raises when a single case has left its version. `walked` of the cases are led to their end."""
    from huilian.engine.procedures import editing, services
    from huilian.engine.procedures.models import Case
    from huilian.engine.trail.actors import SYSTEM

    took: dict[str, float] = {}

    @contextmanager
    def timed(part: str):
        begun = time.perf_counter()
        yield
        took[part] = round(took.get(part, 0.0) + time.perf_counter() - begun, 2)

    place, clerk, body = county()
    first = services.publish(body, by=SYSTEM)
    rows = [
        Case(number=f"SX-{n}", procedure=first, kind="item", title="购置桌椅", class_key="plain", place=place)
        for n in range(cases)
    ]
    with timed("seconds to open the cases"):
        running = [case.pk for case in services.open_many(rows)]
    walk = running[:walked]
    for pk in walk[::2]:  # half of them stand at the second step when the procedure changes
        services.move(Case.objects.get(pk=pk), "submit", by=SYSTEM)
    slowest = 0.0
    for n in range(times):
        body, _key = editing.add_step(body, "asked", {"zh": f"第{n + 2}版新增", "en": f"new in {n + 2}"})
        body["classes"][0]["limit"]["length"] += 1
        begun = time.perf_counter()
        with timed("seconds to publish in all"):
            draft = services.save_draft(body, revision=0, by=clerk)
            new = services.publish_draft(draft.key, revision=draft.revision, by=clerk)
        slowest = max(slowest, time.perf_counter() - begun)
        assert new.version == n + 2
        assert services.open_case(body["key"], title="新办", by=SYSTEM, place=place).procedure_id == new.pk
        kept = Case.objects.filter(pk__in=running, procedure=first).count()
        assert kept == cases, f"{cases - kept} cases left their version"
    with timed("seconds to walk them to the end"):
        for pk in walk:
            case = Case.objects.get(pk=pk)
            if case.step == "asked":
                case = services.move(case, "submit", by=SYSTEM)
            assert [s.key for s in case.definition.steps] == ["asked", "working", "closed"]
            case = services.move(case, "close", by=SYSTEM)
            assert case.state == "closed" and case.procedure_id == first.pk
    return {"cases": cases, "versions published": times, **took, "slowest publication, s": round(slowest, 3)}


def county():
    """A place, a clerk who may draw, and a procedure of three steps."""
    from datetime import date

    from huilian.engine.accounts.models import User
    from huilian.engine.directory import services as directory
    from huilian.engine.directory.roles import catalogue
    from huilian.engine.procedures import editing
    from huilian.engine.procedures.drafts import DRAW
    from huilian.engine.trail.actors import SYSTEM

    place = directory.add_place(code="999901", name="安澜县", by=SYSTEM)
    unit = directory.add_unit(name="安澜县民政局", kind="department", place=place, by=SYSTEM)
    role = next(role.key for role in catalogue().values() if DRAW in role.may)
    clerk = User.objects.create(username="drawer", name="郝静", password="!")
    person = directory.add_person(name="郝静", user=clerk, by=SYSTEM)
    post = directory.add_post(unit=unit, name="股长", roles=[role], by=SYSTEM)
    directory.appoint(person, post, starts_on=date(2020, 1, 1), by=SYSTEM)
    body = editing.blank("item.v-p-07", {"zh": "零星采购", "en": "Small purchases"}, "SX")
    for step in body["steps"][:2]:
        step["roles"] = [role]
    return place, clerk, body


if __name__ == "__main__":
    main()
