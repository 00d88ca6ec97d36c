"""Rooms and talks in them, what is looked at, documents and duties of offices, exchange of files."""

from .exchange import Answer, Code, Fault, Heading, Package, Profile
from .papers import Adoption, Duty, DutyTask, Reading, Slot
from .rooms import Check, Equipment, Item, Limit, Room
from .talks import Handover, Incident, Mark, Talk

__all__ = [
    "Adoption", "Answer", "Check", "Code", "Duty", "DutyTask", "Equipment", "Fault", "Handover", "Heading",
    "Incident", "Item", "Limit", "Mark", "Package", "Profile", "Reading", "Room", "Slot", "Talk",
]  # fmt: skip
