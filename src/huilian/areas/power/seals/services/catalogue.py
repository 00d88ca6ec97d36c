"""The county's own classes of papers and its list of papers that villages do not issue."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..models import DocumentClass, ForbiddenPaper


@transaction.atomic
def save_class(row: DocumentClass | None, values: Mapping, *, by) -> DocumentClass:
    """Add or change a class of papers; it is the county's own from then on. Running requests keep their clock."""
    row = _save(row or DocumentClass(), values, by)
    if not row.promised_minutes:
        raise Invalid(_("Promise at least one minute."), field="promised_minutes")
    return row


@transaction.atomic
def save_forbidden(row: ForbiddenPaper | None, values: Mapping, *, by) -> ForbiddenPaper:
    """Add or change a paper that villages do not issue."""
    row = _save(row or ForbiddenPaper(), values, by)
    if not row.words.split():
        raise Invalid(_("Write the words by which the paper is known."), field="words")
    return row


def _save(row, values: Mapping, by):
    require(by, "seals.catalogue")
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.origin = "county"
    row.save()
    record("seals.catalogue", row, by=by, data={"what": str(row)})
    return row
