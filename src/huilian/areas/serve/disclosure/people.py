"""Who is told of what in a village, a township and the county."""

from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Appointment, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.queries import standing
from huilian.engine.directory.roles import roles_that_may
from huilian.engine.inbox.services import notify
from huilian.engine.procedures.models import Case
from huilian.foundation.now import today

from .models import Item

OVERSEERS = ("township_clerk", "disclosure_officer")
COUNTY_OFFICES = ("农业农村局", "民政局")  # who answers for the county, the first that there is [origin=default]


def tell(unit: Unit | None, template: str, case: Case, params: dict) -> int:
    """Put a notice into the inboxes of the unit's people."""
    if unit is None:
        return 0
    posts = Appointment.objects.filter(in_office(today()), post__unit=unit).values("person")
    users = User.objects.filter(person__in=posts, is_active=True)
    return len(notify(users, template, case, params, f"/desk/cases/{case.number}/"))


def tell_checkers(item: Item, action: str, template: str) -> int:
    """Tell those of the village's and the township's units whose role allows `action`."""
    keys = {role.key for role in roles_that_may(action)}
    places = [item.place_id, item.township_id]
    posts = Appointment.objects.filter(in_office(today()), post__unit__place__in=places).select_related("post")
    people = {a.person_id for a in posts if keys.intersection(a.post.roles)}
    return _tell(User.objects.filter(person__in=people, is_active=True), template, item)


def tell_drafter(item: Item, template: str) -> int:
    """Tell who has drafted an item."""
    return _tell([item.drafted_by] if item.drafted_by else [], template, item)


def _tell(users, template: str, item: Item) -> int:
    params = {"number": item.number, "title": item.title}
    return len(notify(users, template, item, params, f"/desk/disclosure/item/{item.number}/"))


def county_office(place: Place) -> Unit | None:
    """The county's department for village affairs, else its government."""
    within = Unit.objects.filter(standing(), place__path=place.path[: Place.WIDTH[Place.Level.COUNTY]])
    for ending in COUNTY_OFFICES:
        found = within.filter(name__endswith=ending).first()
        if found:
            return found
    return within.filter(kind=Unit.Kind.COUNTY_GOVERNMENT).first()
