"""What the county keeps itself: sheets, items, great decisions, checks by frequency, figures of the three zeros."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record

from ..models import CheckItem, GreatDecision, Measure, Routine, SheetForm


@transaction.atomic
def save_form(row: SheetForm | None, values: Mapping[str, Any], *, by: Any) -> SheetForm:
    """Add or change a sheet; it is the county's own from then on."""
    return _save(row or SheetForm(), values, by)


@transaction.atomic
def save_item(row: CheckItem | None, values: Mapping[str, Any], *, by: Any) -> CheckItem:
    """Add or change an item. Findings that cite it keep citing it."""
    return _save(row or CheckItem(), values, by)


@transaction.atomic
def save_decision(row: GreatDecision | None, values: Mapping[str, Any], *, by: Any) -> GreatDecision:
    """Add or change a great decision; rounds about it stay."""
    return _save(row or GreatDecision(), values, by)


@transaction.atomic
def save_routine(row: Routine | None, values: Mapping[str, Any], *, by: Any) -> Routine:
    """Add or change a check by frequency; tasks given before stay."""
    return _save(row or Routine(), values, by)


@transaction.atomic
def save_measure(row: Measure | None, values: Mapping[str, Any], *, by: Any) -> Measure:
    """Change what counts as none, or leave a figure out."""
    return _save(row or Measure(), values, by)


def _save(row: Any, values: Mapping[str, Any], by: Any) -> Any:
    require(by, "inspections.catalogue")
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.origin = "county"
    row.save()
    record("inspections.catalogue", row, by=by, data={"what": str(row)})
    return row
