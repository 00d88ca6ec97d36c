"""What a signed-in person may do today, from the posts they hold. `access` builds row visibility on it.

Every service of the house asks `require(by, "area.verb")`. Nothing else grants anything: no flags, no superusers.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from huilian.foundation.errors import NotAllowed
from huilian.foundation.now import today

from .models import Appointment, Unit
from .roles import Role, catalogue, roles_that_may

_version = 0  # raised by every service that changes posts or appointments, so that no answer outlives its reason


def changed() -> None:
    """Forget what was worked out before: posts, appointments or units have changed."""
    global _version
    _version += 1


@dataclass(frozen=True, slots=True)
class Holding:
    """One role a person holds today, and the unit it is held in."""

    role: Role
    appointment: Appointment

    @property
    def unit(self) -> Unit:
        return self.appointment.post.unit


def in_office(day: date) -> Q:
    """Appointments that run on `day`, in posts and units that exist on it."""
    return (
        Q(starts_on__lte=day)
        & (Q(ends_on=None) | Q(ends_on__gte=day))
        & (Q(post__valid_to=None) | Q(post__valid_to__gte=day))
        & (Q(post__unit__valid_to=None) | Q(post__unit__valid_to__gte=day))
    )


def ended_not_before(day: date | None = None) -> Q:
    """Appointments that run on `day` (today if not given) or begin later."""
    return Q(ends_on=None) | Q(ends_on__gte=day or today())


def with_units_below(unit_ids) -> set[int]:
    """`unit_ids` and every unit below them."""
    found, frontier = set(unit_ids), set(unit_ids)
    while frontier:
        frontier = set(Unit.objects.filter(parent__in=frontier).values_list("pk", flat=True)) - found
        found |= frontier
    return found


def working_appointments(person_id: int, day: date) -> list[Appointment]:
    """Appointments that give rights on `day`: those running, less those of a home unit the person is seconded from."""
    running = list(
        Appointment.objects.filter(in_office(day), person_id=person_id)
        .select_related("post__unit__place", "person")
        .order_by("pk")
    )
    left = {a.home_unit_id for a in running if a.kind == Appointment.Kind.SECONDED}
    if left:
        left = with_units_below(left)
        running = [a for a in running if a.kind == Appointment.Kind.SECONDED or a.post.unit_id not in left]
    return running


def powers_of(user) -> tuple[Holding, ...]:
    """Every role `user` holds today. Worked out once for one user object and day."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    stamp = (_version, today())
    kept = getattr(user, "_powers", None)
    if kept is None or kept[0] != stamp:
        holdings = tuple(
            Holding(catalogue()[key], appointment)
            for appointment in _appointments_of(user)
            for key in appointment.post.roles
            if key in catalogue()
        )
        kept = user._powers = (stamp, holdings)
    return kept[1]


def _appointments_of(user) -> list[Appointment]:
    person = getattr(user, "person", None) if user.pk else None
    return working_appointments(person.pk, today()) if person else []


def may(user, action: str) -> bool:
    """Whether a post of `user` allows `action`. The system itself may; a citizen without an account may not."""
    if not isinstance(user, AbstractBaseUser | AnonymousUser):
        return user.kind == "system"  # a trail.actors.Actor
    return any(action in holding.role.may for holding in powers_of(user))


def require(user, action: str) -> None:
    """Raise NotAllowed unless `user` may do `action`; the sentence names the roles that may."""
    if not may(user, action):
        raise NotAllowed(refusal(action))


def refusal(action: str) -> str:
    """Why somebody may not do `action`, and who may."""
    roles = roles_that_may(action)
    if not roles:
        return _("Nobody's post allows this yet. Ask the security administrator to give the role to a post.")
    names = _(", ").join(role.name for role in roles)
    return _("Your post does not allow this. It is for: %(roles)s. Ask them, or your security administrator.") % {
        "roles": names
    }
