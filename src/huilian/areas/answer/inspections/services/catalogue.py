"""The county's own sheets and items."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record

from ..models import CheckItem, SheetForm


@transaction.atomic
def save_form(row: SheetForm | None, values: Mapping[str, Any], *, by: Any) -> SheetForm:
    """Add or change a sheet; it is the county's own from then on."""
    return _save(row or SheetForm(), values, by)


@transaction.atomic
def save_item(row: CheckItem | None, values: Mapping[str, Any], *, by: Any) -> CheckItem:
    """Add or change an item. Findings that cite it keep citing it."""
    return _save(row or CheckItem(), values, by)


def _save(row: Any, values: Mapping[str, Any], by: Any) -> Any:
    require(by, "inspections.catalogue")
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.origin = "county"
    row.save()
    record("inspections.catalogue", row, by=by, data={"what": str(row)})
    return row
