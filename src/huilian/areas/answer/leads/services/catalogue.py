"""What the county sets for itself: limits, sanctions, members of the joint conference."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..models import Ally, Sanction, Term


@transaction.atomic
def save_term(term: Term | None, values: dict, *, by) -> Term:
    """Change a limit of time. Limits that run keep theirs."""
    return _save(Term, term, values, by)


@transaction.atomic
def save_sanction(sanction: Sanction | None, values: dict, *, by) -> Sanction:
    """Enter or change a kind of sanction."""
    return _save(Sanction, sanction, values, by)


@transaction.atomic
def save_ally(ally: Ally | None, values: dict, *, by) -> Ally:
    """Enter or change a member of the joint conference."""
    if values.get("until") and values.get("since") and values["until"] < values["since"]:
        raise Invalid(_("It ends after it began."), field="until")
    return _save(Ally, ally, values, by)


def _save(model, row, values: dict, by):
    require(by, "leads.catalogue")
    made = model() if row is None else model.objects.select_for_update(of=("self",)).get(pk=row.pk)
    for name, value in values.items():
        setattr(made, name, value)
    if hasattr(made, "origin"):
        made.origin = "county"
    made.save()
    record("leads.catalogue", made, by=by, data={"what": str(made)})
    return made
