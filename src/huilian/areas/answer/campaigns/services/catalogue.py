"""The county's own kinds, aspects and reminders."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record

from ..models import Aspect, CampaignKind, Reminder
from .guards import CATALOGUE


@transaction.atomic
def save_kind(row: CampaignKind | None, values: Mapping[str, Any], *, by: Any) -> CampaignKind:
    """Add or change a kind of campaign; it is the county's own from then on."""
    return save(row or CampaignKind(), values, CATALOGUE, by)


@transaction.atomic
def save_aspect(row: Aspect | None, values: Mapping[str, Any], *, by: Any) -> Aspect:
    """Add or change an aspect."""
    return save(row or Aspect(), values, CATALOGUE, by)


@transaction.atomic
def save_reminder(row: Reminder | None, values: Mapping[str, Any], *, by: Any) -> Reminder:
    """Add or change what units are reminded of before a holiday."""
    return save(row or Reminder(), values, CATALOGUE, by)


def save(row: Any, values: Mapping[str, Any], action: str, by: Any) -> Any:
    require(by, action)
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if hasattr(row, "origin"):
        row.origin = "county"
    row.save()
    record("campaigns.catalogue", row, by=by, data={"what": str(row)})
    return row
