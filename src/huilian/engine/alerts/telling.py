"""Who is told of an alert, and telling them: one notice an alert, or one for many of the same kind at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Appointment, Person
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.roles import catalogue
from huilian.engine.inbox.services import notify
from huilian.engine.jobs.declare import job
from huilian.engine.procedures.models import Case
from huilian.foundation.now import today

from .models import Alert

CASE = f"{Case._meta.label_lower}:"


class Told(NamedTuple):
    """One alert to be told; `tells` as in a route: handler, unit, head, role:<key>."""

    alert: Alert
    tells: Sequence[str]
    handler: Person | None = None
    template: str = ""  # another wording than the usual one
    more: dict = {}  # what that wording needs besides


def recipients(wanted: Iterable[Told]) -> list[tuple[Alert, set[int]]]:
    """For each alert the ids of the people to be told. One query in all: the staff of a county is a few thousand."""
    staff, heads = defaultdict(set), defaultdict(set)
    roles: dict[str, list[tuple[int, str]]] = defaultdict(list)
    serving = Appointment.objects.filter(in_office(today())).order_by()
    for person, unit, is_head, held, path in serving.values_list(
        "person_id", "post__unit_id", "post__is_head", "post__roles", "post__unit__place__path"
    ):
        staff[unit].add(person)
        if is_head:
            heads[unit].add(person)
        for role in held:
            roles[role].append((person, path))
    found = []
    for alert, tells, handler, *_wording in wanted:
        people: set[int] = set()
        for told in tells:
            if told == "handler" and handler is not None:
                people.add(handler.pk)
            elif told == "unit" and (handler is None or "handler" not in tells):
                # Nobody has it yet, so the office must know, and the one that answers for it.
                people |= staff[alert.unit_id] | staff[alert.case.unit_id if alert.case_id else None]
            elif told == "head":
                people |= heads[alert.unit_id] | heads[alert.case.unit_id if alert.case_id else None]
            elif told.startswith("role:"):
                people |= _in_reach(roles, told.removeprefix("role:"), alert)
        found.append((alert, people))
    return found


def _in_reach(roles: dict, key: str, alert: Alert) -> set[int]:
    """Holders of a role whose own place contains that of the alert; all of them where the role reaches the county."""
    role = catalogue().get(key)
    if role is None:
        return set()
    path = alert.place.path if alert.place_id else ""
    return {person for person, at in roles[key] if role.reach == "county" or (path and path.startswith(at))}


def tell(wanted: Sequence[Told]) -> int:
    """Put notices into the inboxes of the people concerned, in the caller's transaction. Returns how many.

    Somebody who would get several of one rule and level at once gets one notice with their number: a hundred limits
    that end on one day are one piece of news.
    """
    mine: dict[tuple[int, str, int, str], list[Alert]] = defaultdict(list)
    wording = {one.alert.pk: one for one in wanted}
    for alert, people in recipients(wanted) if wanted else ():
        for person in people:
            mine[person, alert.rule, alert.level, wording[alert.pk].template].append(alert)
    users = {
        user.person.pk: user
        for user in User.objects.filter(person__in={key[0] for key in mine}, is_active=True).select_related("person")
    }
    letters: dict[tuple, list[User]] = defaultdict(list)
    first: dict[tuple, Alert] = {}
    for (person, rule, level, template), alerts in mine.items():
        if person in users:
            key = (rule, level, template, len(alerts) if len(alerts) > 1 else f"one {alerts[0].pk}")
            letters[key].append(users[person])
            first[key] = alerts[0]
    return sum(_send(wording[first[key].pk], key[3], to) for key, to in letters.items())


@job
def tell_raised(rows: list[tuple[int, list[str], int | None]]) -> int:
    """The same after the alerts are there: they must not wait for it. `rows`: alert, whom to tell, who handles it."""
    alerts = Alert.objects.select_related("case", "place").in_bulk([alert for alert, _tells, _handler in rows])
    handlers = Person.objects.in_bulk([handler for _alert, _tells, handler in rows if handler])
    return tell([Told(alerts[alert], tells, handlers.get(handler)) for alert, tells, handler in rows])


def _send(told: Told, count: int | str, users: list[User]) -> int:
    alert = told.alert
    params = {"name": alert.names, "level": alert.level, **told.more}
    if isinstance(count, int):
        many = f"{told.template}_many" if told.template else "alerts.many"
        return len(notify(users, many, None, {**params, "count": count}, _list_page(), alert.level))
    about = alert.subject.partition(":")[2]
    template = told.template or ("alerts.raised" if alert.case_id else "alerts.prompt")
    params |= {"number": alert.number, "about": alert.about or about}
    return len(notify(users, template, alert, params, _page(alert, about), alert.level))


def _page(alert: Alert, about: str) -> str:
    """The page where something can be done: the alert's own case, or the matter it is about."""
    number = alert.number if alert.case_id else about if alert.subject.startswith(CASE) else ""
    return _address("desk-case", number) if number else ""


def _list_page() -> str:
    return _address("desk-alerts")


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:  # an installation without the desk
        return ""
