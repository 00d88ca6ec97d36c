"""Who may write for an owner, and the row locked until the act is over."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Place, Unit
from huilian.foundation.errors import Conflict, NotAllowed

from ..models import PowerList
from ..queries.lists import reaches


def require_owner(by, action: str, *, unit: Unit | None, township: Place | None) -> None:
    """Raise NotAllowed unless `by` may do `action` for this owner."""
    require(by, action)
    if not reaches(by, action, unit=unit, township=township):
        raise NotAllowed(
            _("%(owner)s is not one of those you answer for.") % {"owner": unit or township or _("The county template")}
        )


def locked(listing: PowerList, by, action: str, *states: str, expected: int | None = None) -> PowerList:
    """The list, locked, in one of `states`, for somebody who may do `action` to it. Its revision grows."""
    kept = (
        PowerList.objects.select_for_update(of=("self",)).select_related("unit__place", "township").get(pk=listing.pk)
    )
    require_owner(by, action, unit=kept.unit, township=kept.township)
    if kept.state not in states:
        raise Conflict(
            _("This list is already “%(state)s”; nothing was changed.") % {"state": kept.get_state_display()}
        )
    if expected is not None and kept.revision != expected:
        raise Conflict(_("Somebody else changed this draft while you had it open. Look at it again, then decide."))
    kept.revision += 1
    return kept
