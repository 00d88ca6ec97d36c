"""Who may act for a unit, and rows locked until the act is over."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.directory.models import Person, Unit
from huilian.foundation.errors import Conflict, Invalid, NotAllowed


def allow(by, action: str, unit: Unit) -> Person | None:
    """The person behind `by`, who may do `action` for this unit; None for the system. Raises NotAllowed."""
    require(by, action)
    if not scope_of(by, action).holds_unit(unit):
        raise NotAllowed(_("%(unit)s is not one of the units your post answers for.") % {"unit": unit})
    return getattr(by, "person", None)


def locked(row, *states: str, related: tuple[str, ...] = ("unit__place",)):
    """The row anew, locked, in one of `states` when some are given."""
    found = type(row).objects.select_for_update(of=("self",)).select_related(*related).get(pk=row.pk)
    if states and found.state not in states:
        raise Conflict(
            _("%(what)s is already “%(state)s”; nothing was changed.")
            % {"what": found, "state": found.get_state_display()}
        )
    return found


def another(person: Person | None, first_id: int | None) -> None:
    """Raise NotAllowed where the one who decides is the one who proposed."""
    if person is not None and person.pk == first_id:
        raise NotAllowed(_("You proposed this yourself, so somebody else must decide."))


def said(text: str, field: str) -> str:
    """`text` without spaces around it. Raises Invalid when nothing is left."""
    if not text.strip():
        raise Invalid(_("Write it in a sentence."), field=field)
    return text.strip()
