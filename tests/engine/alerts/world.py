"""A procedure with one whole limit and one step limit, and the people of the cast with posts to check alerts."""

import itertools
from datetime import date, datetime

from huilian.engine.alerts import seeding
from huilian.engine.directory import services as directory
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case
from huilian.engine.trail import verbs
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import CHINA, frozen
from huilian.project import discover

MATTER = {
    "key": "matter",
    "name": {"zh": "事项", "en": "Matter"},
    "prefix": "SX",
    "basis": [{"law": "试用办法", "version": "1", "article": "第一条"}],
    "lanes": [{"key": "office", "name": {"zh": "办公室", "en": "Office"}}],
    "classes": [
        {"key": "plain", "name": {"zh": "一般", "en": "plain"}, "limit": {"length": 5}},
        {"key": "long", "name": {"zh": "复杂", "en": "long"}, "limit": {"length": 15}},
    ],
    "steps": [
        {"key": "received", "name": {"zh": "收件", "en": "received"}, "lane": "office", "kind": "start",
         "roles": ["township_clerk"]},
        {"key": "working", "name": {"zh": "办理", "en": "working"}, "lane": "office", "roles": ["department_clerk"],
         "holder": "unit", "limit": {"length": 2}},
        {"key": "reading", "name": {"zh": "审核", "en": "reading"}, "lane": "office", "roles": ["discipline_officer"],
         "limit": {"length": 1}},
        {"key": "done", "name": {"zh": "办结", "en": "done"}, "lane": "office", "kind": "end"},
    ],
    "moves": [
        {"verb": "dispatch", "from": "received", "to": "working", "clock": "start", "needs": ["unit", "class"]},
        {"verb": "answer", "from": "working", "to": "reading", "clock": "stop"},
        {"verb": "return", "from": "reading", "to": "working", "clock": "reopen"},
        {"verb": "redo", "from": "reading", "to": "working", "clock": "restart"},
        {"verb": "close", "from": "reading", "to": "done"},
    ],
}  # fmt: skip
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=CHINA)  # an ordinary week: working days 16–20 November 2026


def at(day: int, hour: int = 9) -> datetime:
    """A moment of November 2026."""
    return datetime(2026, 11, day, hour, 0, tzinfo=CHINA)


def build(cast) -> None:
    """Publish the procedures and give 林正 and 孙燕 posts from which alerts are checked."""
    for move in MATTER["moves"]:  # what an area says in its audit_events.py
        verbs.declared().setdefault(f"matter.{move['verb']}", verbs.Sentence(move["verb"]))
    cases.publish(MATTER, by=SYSTEM)
    cases.publish_all([f for f in discover.files("procedures/*.yaml") if f.stem == "alert"])
    seeding.seed()
    extra = (
        ("lin_zheng", "commission", "预警核查岗", ["alert_officer"]),
        ("sun_yan", "baisha_government", "监督岗", ["township_supervisor"]),
    )
    for who, unit, title, roles in extra:
        post = directory.add_post(unit=getattr(cast, unit), name=title, roles=roles, by=SYSTEM)
        directory.appoint(cast.person(who), post, starts_on=date(2020, 1, 1), by=SYSTEM)


def matter(cast, *, unit=None, place=None, class_key="plain") -> Case:
    """A matter dispatched at the frozen moment; its whole limit begins then."""
    case = cases.open_case("matter", title="道路积水", by=SYSTEM, place=place or cast.liuhe)
    return cases.move(case, "dispatch", by=SYSTEM, unit=unit or cast.housing, class_key=class_key)


_numbers = itertools.count(1)


def many(cast, n: int) -> list[Case]:
    """`n` matters dispatched at the frozen moment, written in bulk."""
    from huilian.engine.procedures.queries import current_procedure

    procedure = current_procedure("matter")
    rows = [
        Case(
            number=f"SX-{next(_numbers)}", procedure=procedure, kind="matter", title="道路积水", class_key="plain",
            place=cast.liuhe, township=cast.qingshi, unit=cast.housing,
        )
        for _ in range(n)
    ]  # fmt: skip
    return cases.open_many(rows)


__all__ = ["MONDAY", "at", "build", "frozen", "many", "matter"]
