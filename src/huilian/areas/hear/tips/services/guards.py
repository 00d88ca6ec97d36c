"""Who may act on a tip, and the row locked until the act is over."""

from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.foundation.errors import NotAllowed

from ..models import Tip
from ..queries.reach import must_step_back, visible_to


def team_tip(tip: Tip, action: str, by) -> Tip:
    """The tip, locked; `by` is of its team, need not step back, and may do `action`. Raises NotAllowed, and the page
    or `note_refusal` writes it down."""
    require(by, action)
    found = Tip.objects.select_for_update(of=("self",)).filter(pk=tip.pk, pk__in=visible_to(by).values("pk")).first()
    if found is None:
        raise NotAllowed(_("You are not of the team of this tip, or your access has ended."))
    return found


def free_tip(tip: Tip, action: str, by) -> Tip:
    """The tip, locked, for a decision that needs no look into it: `by` may do `action` and need not step back."""
    require(by, action)
    found = Tip.objects.select_for_update(of=("self",)).get(pk=tip.pk)
    if must_step_back(by, found):
        raise NotAllowed(_("You are not of the team of this tip, or your access has ended."))
    return found
