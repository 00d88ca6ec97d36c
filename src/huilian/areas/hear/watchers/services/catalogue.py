"""The county's own lists: kinds of bodies, topics, strata, checkpoints, the manual, what is watched more closely."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..models import BodyKind, Checkpoint, ManualEntry, Stratum, Topic, WatchedPoint
from .guards import locked, taken_over

SORTS = (BodyKind, Topic, Stratum, Checkpoint, ManualEntry, WatchedPoint)


@transaction.atomic
def save_entry(model, row, values: Mapping, *, by):
    """Add or change one row of a list; it is the county's own from then on."""
    require(by, "watchers.govern")
    if model not in SORTS:
        raise TypeError(model)
    row = locked(row) if row else model()
    taken_over(row, values)
    if isinstance(row, BodyKind) and row.most is not None and row.most < row.least:
        raise Invalid(_("The most members are fewer than the fewest."), field="most")
    if isinstance(row, Checkpoint | WatchedPoint) and not 1 <= row.every_months <= 12:
        raise Invalid(_("Between one and twelve months."), field="every_months")
    row.origin = "county"
    row.save()
    record("watchers.save_entry", row, by=by, data={"what": str(row)})
    return row
