"""People in a matter: opening the citizen's whole number, and naming whom the matter is about."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Person, Unit
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.guards import require_free
from huilian.engine.procedures.models import Party
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from ..models import Order
from ..queries import may_open_caller
from .intake import _fresh

SHORTEST_PURPOSE = 4  # characters; “看看” is no purpose


@dataclass(frozen=True, slots=True)
class Caller:
    """「诉求人」 A citizen's name and number in full."""

    name: str
    phone: str


@transaction.atomic
def reveal_caller(order: Order, *, purpose: str, by) -> Caller:
    """Open the citizen's name and number, for a purpose that is written down where it cannot be removed.

    For the hotline centre, and for the unit that handles the matter unless the citizen asked for secrecy. Nobody who
    must step back. Raises `NotAllowed`, or `Invalid` without a purpose.
    """
    order = _fresh(order)
    if not may_open_caller(order, by):
        if order.keeps_secret:
            raise NotAllowed(_("The citizen asks for secrecy. Let the hotline centre make the call for you."))
        require(by, "hotline.see_caller")
    require_free(order.case, by)
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        raise Invalid(_("Say what you need the number for; it is kept in the trail."), field="purpose")
    record("hotline.reveal_caller", order.case, by=by, data={"purpose": purpose.strip()})
    return Caller(order.caller_name, order.caller_phone)


@transaction.atomic
def name_party(order: Order, *, person: Person | None = None, unit: Unit | None = None, by) -> Party:
    """Note whom the matter is about, before it is sent out: they and their kin step back, and it never goes there."""
    require(by, "hotline.take")
    if (person is None) == (unit is None):
        raise Invalid(_("Name either a unit or a person."), field="unit")
    order = _fresh(order)
    require_free(order.case, by)
    if order.case.step not in ("raised", "sorting"):
        raise Conflict(_("The matter is already out. Ask the duty head to take it back before you name anybody."))
    return cases.name_party(order.case, person=person, unit=unit, by=by)
