"""The rewritten summary: what may be passed on, without what would show who wrote it."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.models import Box
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Invalid

from .. import rules
from ..models import Tip
from .guards import team_tip
from .talking import team_of


@transaction.atomic
def rewrite(tip: Tip, text: str, *, left: bool = False, by) -> Box:
    """Seal the summary in place of an earlier one. Raises Invalid while the rules still find something that may show
    who wrote it, unless the officer says with `left` that it shows nothing."""
    tip = team_tip(tip, "tips.sort" if may(by, "tips.sort") else "tips.handle", by)
    if len(text.strip()) < 5:
        raise Invalid(_("Write the summary."), field="text")
    found = rules.identifying(text)
    if found and not left:
        raise Invalid(
            _("%(n)s places may still show who wrote it. Change them, or confirm that they show nothing.")
            % {"n": len(found)},
            field="text",
        )
    for old in boxes_of(tip.subject).filter(part="summary"):
        old.delete()
    box = vault.seal(tip.subject, "summary", text.strip().encode(), readers=team_of(tip), by=by)
    record("tips.rewrite", tip, by=by, data={"left": len(found)})
    return box
