"""Rooms, their equipment, and what the county keeps as its own data."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require, scope_of
from huilian.engine.trail.services import record
from huilian.foundation.errors import NotAllowed

from ..models import Duty, Equipment, Item, Limit, Room, Slot


@transaction.atomic
def save_room(row: Room | None, values: Mapping[str, Any], *, by) -> Room:
    """Enter or change a place of talks. Raises NotAllowed outside one's reach."""
    unit = row.unit if row else values["unit"]
    _allow_unit(by, unit)
    return save(row or Room(), values, by, "office.keep")


@transaction.atomic
def save_equipment(row: Equipment | None, values: Mapping[str, Any], *, by) -> Equipment:
    """Enter or change a piece of equipment of a room."""
    _allow_unit(by, (row or Equipment(**values)).room.unit)
    return save(row or Equipment(), values, by, "office.keep")


@transaction.atomic
def save_item(row: Item | None, values: Mapping[str, Any], *, by) -> Item:
    """Add or change what is looked at. Looks that were written down stay."""
    return save(row or Item(), {**values, "origin": "county"}, by, "office.catalogue")


@transaction.atomic
def save_limit(row: Limit | None, values: Mapping[str, Any], *, by) -> Limit:
    """Change a limit of talks; it is the county's own from then on."""
    return save(row or Limit(), {**values, "origin": "county"}, by, "office.catalogue")


@transaction.atomic
def save_slot(row: Slot | None, values: Mapping[str, Any], *, by) -> Slot:
    """Add or rename a place for a document."""
    return save(row or Slot(), {**values, "origin": "county"}, by, "office.catalogue")


@transaction.atomic
def save_duty(row: Duty | None, values: Mapping[str, Any], *, by) -> Duty:
    """Add or change a recurring duty; tasks that were made stay."""
    return save(row or Duty(), {**values, "origin": "county"}, by, "office.catalogue")


def _allow_unit(by, unit) -> None:
    require(by, "office.keep")
    if not scope_of(by, "office.keep").holds_unit(unit):
        raise NotAllowed(_("%(unit)s does not lie within the reach of your post.") % {"unit": unit})


def save(row, values: Mapping[str, Any], by, action: str):
    """Write a row of the county's data and its trail."""
    require(by, action)
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.save()
    record("office.catalogue", row, by=by, data={"what": str(row)})
    return row
