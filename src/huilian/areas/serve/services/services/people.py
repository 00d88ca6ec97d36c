"""Who may act for a point, rows locked until the act is over, and who is told."""

from django.utils.translation import gettext as _

from huilian.engine import locking
from huilian.engine.access.queries import require, scope_of
from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Appointment, Person, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.inbox.services import notify
from huilian.engine.procedures.guards import units_of
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.foundation.errors import Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import Application, Point
from ..queries.catalogue import point_of

CITIZEN = Actor("citizen", label="")


def user_of(by):
    """The account to note beside the act; none for citizens and the system."""
    return None if isinstance(by, Actor) else by


def require_point(by, action: str, point: Point) -> None:
    """Raise NotAllowed unless `by` may do `action` for this very point."""
    require(by, action)
    if by is SYSTEM or point.unit_id in units_of(by) or scope_of(by, action).holds_unit(point.unit):
        return
    raise NotAllowed(_("%(point)s is not one of the points you answer for.") % {"point": point.name})


def own_point(by) -> Point:
    """The point in which `by` serves. Raises Invalid when there is none."""
    for pk in sorted(units_of(by)):
        if point := point_of(Unit(pk=pk)):
            return point
    raise Invalid(_("Your unit keeps no service point. Ask the service officer to enter it."), field="point")


def locked(application: Application) -> Application:
    case = ("case__procedure", "case__unit__place", "case__clock")
    joined = Application.objects.select_related(*case, "item", "point__unit", "point__place", "agent")
    return locking.locked(joined, application.pk)


def tell_unit(unit: Unit | None, template: str, application: Application, **params) -> int:
    """Put a notice into the inboxes of a unit's people; it names the number and the item, never the applicant."""
    if unit is None:
        return 0
    people = Appointment.objects.filter(in_office(today()), post__unit=unit).values("person")
    users = User.objects.filter(person__in=people, is_active=True)
    number = application.case.number
    params = {"number": number, "item": application.item.name, **params}
    return len(notify(users, template, application.case, params, f"/desk/cases/{number}/"))


def works_in(person: Person, unit: Unit) -> bool:
    return Appointment.objects.filter(in_office(today()), person=person, post__unit=unit).exists()
