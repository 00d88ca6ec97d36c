"""Rooms and talks in them, what is looked at, documents and duties of offices."""

from .papers import Adoption, Duty, DutyTask, Reading, Slot
from .rooms import Check, Equipment, Item, Limit, Room
from .talks import Handover, Incident, Mark, Talk

__all__ = [
    "Adoption", "Check", "Duty", "DutyTask", "Equipment", "Handover", "Incident", "Item", "Limit", "Mark", "Reading",
    "Room", "Slot", "Talk",
]  # fmt: skip
