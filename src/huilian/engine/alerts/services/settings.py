"""What the county decides about alerts."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.roles import catalogue
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..models import AlertRoute, Level

TOLD = ("handler", "unit", "head")


@transaction.atomic
def set_route(
    level: int, *, rule: str = "", opens_case: bool, tells: Sequence[str] = (), card: int = 0, by
) -> AlertRoute:
    """Say where alerts of a level go, for one rule or (rule empty) for all. Raises `Invalid` for what cannot be."""
    require(by, "alert.routes")
    if level not in Level.values:
        raise Invalid(_("An alert is yellow, orange or red."), field="level")
    if card not in (0, 1, 3):
        raise Invalid(_("A card is yellow or red, or there is none."), field="card")
    for told in tells:
        kind, _colon, role = told.partition(":")
        if told not in TOLD and not (kind == "role" and role in catalogue()):
            raise Invalid(_("“%(told)s” is nobody who can be told.") % {"told": told}, field="tells")
    route, _made = AlertRoute.objects.update_or_create(
        rule=rule, level=level, defaults={"opens_case": opens_case, "tells": list(tells), "card": card}
    )
    record("alerts.route", route, by=by, data={"rule": rule, "level": level, "opens_case": opens_case, "card": card})
    return route
