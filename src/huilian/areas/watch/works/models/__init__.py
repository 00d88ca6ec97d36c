"""What village works keep. Changed only through `services`."""

from .catalogue import Contractor, LimitClass, Price
from .progress import Acceptance, Event, Pay, Photo, Signature
from .projects import Change, Item, Project, Quote

__all__ = [
    "Acceptance",
    "Change",
    "Contractor",
    "Event",
    "Item",
    "LimitClass",
    "Pay",
    "Photo",
    "Price",
    "Project",
    "Quote",
    "Signature",
]
