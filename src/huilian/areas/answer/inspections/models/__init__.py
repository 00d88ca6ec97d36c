"""What inspections keep. Changed only through `services`."""

from .findings import Finding, Letter, Proof, Voice
from .rounds import Member, Round, Target
from .sheets import CheckItem, Entry, Photo, Sheet, SheetForm

__all__ = [
    "CheckItem",
    "Entry",
    "Finding",
    "Letter",
    "Member",
    "Photo",
    "Proof",
    "Round",
    "Sheet",
    "SheetForm",
    "Target",
    "Voice",
]
