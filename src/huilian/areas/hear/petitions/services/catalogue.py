"""The county's own lines in its lists."""

from collections.abc import Mapping

from django.db import transaction

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record

from ..models.catalogue import Line


@transaction.atomic
def save_line(model: type[Line], line: Line | None, values: Mapping, *, by) -> Line:
    """Enter or change a line; a default that is changed becomes the county's own."""
    require(by, "petitions.catalogue")
    line = line or model()
    for name, value in values.items():
        setattr(line, name, value)
    line.origin = "county"
    line.save()
    record("petitions.catalogue", line, by=by, data={"what": line.name})
    return line
