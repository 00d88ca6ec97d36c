"""The directory's tables, by what they describe."""

from .groups import WorkGroup, WorkGroupMember
from .people import Appointment, Kin, Person
from .places import Place, PlaceChange
from .units import Organisation, Post, Unit

__all__ = [
    "Appointment",
    "Kin",
    "Organisation",
    "Person",
    "Place",
    "PlaceChange",
    "Post",
    "Unit",
    "WorkGroup",
    "WorkGroupMember",
]
