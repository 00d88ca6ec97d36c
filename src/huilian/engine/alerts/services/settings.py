"""What the county decides about alerts."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.roles import catalogue
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..guards import RANKS
from ..models import AlertRoute, Level

TOLD = ("handler", "unit", "head")
LONGEST = 365  # working days; a longer limit is a slip
DAYS = ("sign_days", "explain_days", "check_days", "rectify_days", "verify_days")


@transaction.atomic
def set_route(
    level: int,
    *,
    rule: str = "",
    group: str = "",
    opens_case: bool,
    tells: Sequence[str] = (),
    card: int = 0,
    sign_days: int | None = None,
    explain_days: int | None = None,
    check_days: int | None = None,
    rectify_days: int | None = None,
    verify_days: int | None = None,
    grace_days: int = 0,
    check_rank: int = 1,
    stepwise: bool = False,
    escalation: Sequence[Mapping] = (),
    by,
) -> AlertRoute:
    """Say where alerts of a level go and in what time, for one rule, or a group of rules, or (both empty) for all.

    The whole route is given each time. Alerts in hand keep the limits they run by; new steps take the new ones.
    Raises `Invalid` for what cannot be.
    """
    require(by, "alert.routes")
    if level not in Level.values:
        raise Invalid(_("An alert is yellow, orange or red."), field="level")
    if rule and group:
        raise Invalid(_("A route is for one rule or for a group of rules, not for both."), field="group")
    if card not in (0, 1, 3):
        raise Invalid(_("A card is yellow or red, or there is none."), field="card")
    if check_rank not in RANKS.values():
        raise Invalid(
            _("Alerts are checked by the township, a county department or the commission."), field="check_rank"
        )
    _check_told(tells, "tells")
    given = {"sign_days": sign_days, "explain_days": explain_days, "check_days": check_days,
             "rectify_days": rectify_days, "verify_days": verify_days}  # fmt: skip
    for name, days in given.items():
        if days is not None and not 1 <= days <= LONGEST:
            raise Invalid(
                _("A limit is between 1 and %(most)s working days, or empty.") % {"most": LONGEST}, field=name
            )
    if not 0 <= grace_days <= LONGEST:
        raise Invalid(_("Days of grace are between 0 and %(most)s.") % {"most": LONGEST}, field="grace_days")
    steps = _steps(escalation)
    values = {
        "opens_case": opens_case,
        "tells": list(tells),
        "card": card,
        **given,
        "grace_days": grace_days,
        "check_rank": check_rank,
        "stepwise": stepwise,
        "escalation": steps,
    }
    route, _made = AlertRoute.objects.update_or_create(rule=rule, group=group, level=level, defaults=values)
    data = {"rule": rule, "group": group, "level": level, **values}
    record("alerts.route", route, by=by, data=data)
    return route


def _check_told(tells: Sequence[str], field: str) -> None:
    for told in tells:
        kind, _colon, role = told.partition(":")
        if told not in TOLD and not (kind == "role" and role in catalogue()):
            raise Invalid(_("“%(told)s” is nobody who can be told.") % {"told": told}, field=field)


def _steps(escalation: Sequence[Mapping]) -> list[dict]:
    """The steps upwards as they are kept. Raises `Invalid` unless each comes later than the one before."""
    steps, last = [], 0
    for row in escalation:
        days, tells, level = row["days"], list(row.get("tells", ())), row.get("supervise", 0)
        if not last < days <= LONGEST:
            raise Invalid(_("Each step upwards comes later than the one before it."), field="escalation")
        if level not in (0, 1, 2, 3) or not tells:
            raise Invalid(_("A step upwards says who is told, and which supervision goes with it."), field="escalation")
        _check_told(tells, "escalation")
        steps.append({"days": days, "tells": tells, "supervise": level})
        last = days
    return steps
