"""What the villages have published: a year of income and spending, what always stands there, what somebody forgot."""

from datetime import date, timedelta
from hashlib import sha256
from random import Random

from django.db import transaction

from huilian.areas.serve.disclosure.models import Kind
from huilian.areas.serve.disclosure.services import importing, open_obligations
from huilian.areas.serve.disclosure.sources import Body
from huilian.engine.directory.models import Appointment
from huilian.engine.trail.actors import SYSTEM
from huilian.flows.publish_the_books import bodies_of
from huilian.foundation.now import today

from . import plants, year
from .economy import Village
from .telling import Books

SPOT = "村部公开栏"
BACK = 60  # days: the duties of the months before the last count as well


@transaction.atomic
def publish(books: Books) -> int:
    """Publish everything up to yesterday, as it was posted then; gives how many items."""
    users = {
        row.person_id: row.person.user
        for row in Appointment.objects.filter(ends_on=None).select_related("person__user")
    }
    ready = []
    for v in books.villages:
        ready += _months(v, books, users)
        ready += _standing(v, users)
        ready += _progress(v, users)
    made = importing.publish_many(ready, by=SYSTEM)
    open_obligations(since=today() - timedelta(days=BACK), places=[v.place for v in books.villages], by=SYSTEM)
    return len(made)


def _months(v: Village, books: Books, users: dict):
    accounts, rnd = books.sets[v.code], Random(v.code + 3)
    open_ = plants.unpublished(v)
    months = list(year.months(accounts.starts_on, today()))[:-1]
    if open_:
        months = months[:-open_]
    bodies = bodies_of(accounts, _number(months[0]), _number(months[-1]))
    changed = {p["months_back"]: p for plant in v.plants for p in plant.get("boards", ())}
    for back, month in enumerate(reversed(months)):
        change = changed.get(back, {})
        after = (month + timedelta(days=32)).replace(day=1)
        on = after + timedelta(days=rnd.randrange(4, 9))
        if on >= today():
            continue
        body = _thinned(bodies[_number(month)], change.get("drop", 0))
        photo = _photo(v, month if not change.get("old_photo") else (month - timedelta(days=1)).replace(day=1))
        yield importing.Ready(
            v.place, "finance.monthly", f"{month:%Y-%m}", body, year.at(on, 10),
            drafted_by=users.get(v.hands.accountant.pk),
            checked_by=None if change.get("unchecked") else users.get(v.hands.supervisor.pk),
            checked_at=None if change.get("unchecked") else year.at(on, 9),
            proof=(on, SPOT, photo),
        )  # fmt: skip


def _standing(v: Village, users: dict):
    """What always hangs there: what the village handles for people, and who is on duty."""
    kinds = {kind.key: kind for kind in Kind.objects.filter(key__in=("service.agency", "service.duty"))}
    put_up = year.at(today() - timedelta(days=200), 9)
    rows = {
        "service.agency": [{"summary": "医保参保登记代办", "days": "3个工作日", "where": f"{v.name}便民服务室"},
                           {"summary": "高龄津贴申请代办", "days": "5个工作日", "where": f"{v.name}便民服务室"}],
        "service.duty": [{"duty": "便民服务室值班", "hours": "工作日上午8:30—11:30，下午2:00—5:00"}],
    }  # fmt: skip
    for key, kind in kinds.items():
        table = [[row.get(column["key"], "") for column in kind.columns] for row in rows[key]]
        yield importing.Ready(
            v.place, key, "always", Body(kind.columns, table), put_up, drafted_by=users.get(v.hands.accountant.pk),
            checked_by=users.get(v.hands.supervisor.pk), checked_at=put_up,
            proof=(put_up.date(), SPOT, _photo(v, put_up.date())),
        )  # fmt: skip


def _progress(v: Village, users: dict):
    """How the decisions of the last months were carried out."""
    kind = Kind.objects.get(key="village.progress")
    for month in list(year.months(today() - timedelta(days=100), today()))[:-1]:
        on = (month + timedelta(days=32)).replace(day=1) + timedelta(days=5)
        row = {"summary": "保洁、路灯等合同继续履行", "step": "办理中", "date": month.isoformat(), "result": "正常"}
        table = [[row.get(column["key"], "") for column in kind.columns]]
        yield importing.Ready(
            v.place, kind.key, f"{month:%Y-%m}", Body(kind.columns, table), year.at(on, 10),
            drafted_by=users.get(v.hands.accountant.pk), checked_by=users.get(v.hands.supervisor.pk),
            checked_at=year.at(on, 9), proof=(on, SPOT, _photo(v, on)),
        )  # fmt: skip


def _thinned(body: Body, drop: int) -> Body:
    """A table that leaves lines out; how many there must be is known from the books all the same."""
    if not drop:
        return body
    return Body(body.columns, list(body.rows)[:-drop], body.facts, body.note, body.expected_rows)


def _number(month: date) -> int:
    return month.year * 100 + month.month


def _photo(v: Village, on: date) -> str:
    """The digest of the photograph that was taken of the board."""
    return sha256(f"{v.code}{on}".encode()).hexdigest()
