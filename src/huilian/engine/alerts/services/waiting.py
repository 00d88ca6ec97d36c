"""An alert that nobody signs for or answers goes up: to the township, the county department, the commission.

When and to whom is the route's to say. Days are working days since the unit got it, so that no holiday sends anything
up. Nothing is decided by it: those above are told, and a reminder or a supervision asks the unit to move.
"""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from huilian.engine.calendar.queries import Calendars
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Case
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.now import moment, now

from ..models import Alert, AlertRoute
from ..routing import Table
from ..telling import Told, tell

BATCH = 100
WAITING = ("raised", "explaining")  # the steps at which the unit is to move


def up_on(route: AlertRoute, done: int, since: date, place, calendars: Calendars | None = None) -> date | None:
    """The day on which an alert the unit got on `since` takes step `done` upwards; None after the last step."""
    if done >= len(route.escalation):
        return None
    return (calendars or Calendars()).of(place).add(since, route.escalation[done]["days"]) + timedelta(days=1)


def escalate(at: datetime | None = None) -> int:
    """Send up every alert whose day has come; returns how many. Safe to run again and by several workers at once."""
    at, done = at or now(), 0
    while n := _some(at):
        done += n
    return done


@transaction.atomic
def _some(at: datetime) -> int:
    skip = connection.features.has_select_for_update_skip_locked
    today = moment(at).date()
    taken = list(
        Alert.objects.select_for_update(of=("self",), skip_locked=skip)
        .select_related("case__procedure", "case__clock", "unit__place", "place")
        .filter(escalates_on__lte=today)
        .order_by("pk")[:BATCH]
    )
    routes = Table(AlertRoute.objects.all())
    told = [wanted for alert in taken if (wanted := _up(alert, routes, at))]
    Alert.objects.bulk_update(taken, ["escalated", "escalates_on", "told"])
    tell(told)
    return len(taken)


def _up(alert: Alert, routes: Table, at: datetime) -> Told | None:
    """One step upwards, of the alert in memory. Several steps that are long due are taken one at a time."""
    route = routes.of(alert.rule, alert.level, alert.group)
    if alert.state != Alert.State.OPEN or alert.case.step not in WAITING or alert.escalated >= len(route.escalation):
        alert.escalates_on = None
        return None
    step = route.escalation[alert.escalated]
    alert.escalated += 1
    alert.escalates_on = up_on(route, alert.escalated, moment(alert.case.clock.started_at).date(), alert.place)
    alert.told = list(dict.fromkeys([*alert.told, *step["tells"]]))
    record(
        "alerts.escalate", alert.case, by=SYSTEM, data={"days": step["days"], "tells": step["tells"]}, at=at,
        place=alert.place,
    )  # fmt: skip
    supervise(alert.case, step)
    return Told(alert, step["tells"], template="alerts.up", more={"days": step["days"]})


def supervise(case: Case, step: dict) -> None:
    """The reminder or supervision that goes with a step upwards, unless a person has already asked for more."""
    level = step.get("supervise", 0)
    if level and case.unit_id and level > case.supervision:
        demand = _("Nobody has signed for or answered this alert within %(days)s working days. Do so now.")
        cases.supervise(case, demand=demand % {"days": step["days"]}, level=level, by=SYSTEM)
