"""Who may act, rows locked until the act is over, who is told."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.inbox.services import notify
from huilian.engine.trail.actors import Actor
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import Petition

CITIZEN = Actor("citizen", label="")


def allow(by, action: str, *, unit: Unit | None = None, place: Place | None = None) -> Person | None:
    """The person behind `by`, who may do `action` for this unit or place; None for the system. Raises NotAllowed."""
    require(by, action)
    reach = scope_of(by, action)
    if unit is not None and not reach.holds_unit(unit):
        raise NotAllowed(_("%(unit)s is not one of the units your post answers for.") % {"unit": unit})
    if place is not None and not reach.holds_place(place):
        raise NotAllowed(_("%(place)s is not among the places your post answers for.") % {"place": place.name})
    return getattr(by, "person", None)


def locked(petition: Petition) -> Petition:
    found = Petition.objects.select_for_update(of=("self",)).select_related("case__procedure", "case__place", "place")
    return found.get(pk=petition.pk)


def locked_row(row, *states: str):
    """The row anew, locked, in one of `states` when some are given."""
    found = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if states and found.state not in states:
        raise Conflict(
            _("%(what)s is already “%(state)s”; nothing was changed.")
            % {"what": found, "state": found.get_state_display()}
        )
    return found


def said(text: str, field: str, least: int = 2) -> str:
    """`text` without spaces around it. Raises Invalid when it says nothing."""
    if len(text.strip()) < least:
        raise Invalid(_("Write it in a sentence."), field=field)
    return text.strip()


def tell_unit(unit: Unit | None, template: str, number: str, **params) -> None:
    """Put a notice into the inboxes of a unit's people; it names the number, never who or what."""
    if unit is None:
        return
    people = Appointment.objects.filter(in_office(today()), post__unit=unit).values("person")
    users = User.objects.filter(person__in=people, is_active=True)
    notify(users, template, f"procedures.case:{number}", {"number": number, **params}, f"/desk/cases/{number}/")
