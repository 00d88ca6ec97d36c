"""Reads of the lists, for faces and flows."""

from .lists import in_force, item_of, items_of, lists_of, templates, units_with_lists
from .public import (
    PublicItem,
    consultation,
    find_items,
    find_units,
    flow_of,
    open_consultations,
    public_item,
    template_item,
    units_with_own_lists,
)
from .shown import differences

__all__ = [
    "PublicItem",
    "consultation",
    "differences",
    "find_items",
    "find_units",
    "flow_of",
    "in_force",
    "item_of",
    "items_of",
    "lists_of",
    "open_consultations",
    "public_item",
    "template_item",
    "templates",
    "units_with_lists",
    "units_with_own_lists",
]
