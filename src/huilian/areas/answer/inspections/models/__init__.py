"""What inspections keep. Changed only through `services`."""

from .findings import Finding, Letter, Proof, Voice
from .rounds import GreatDecision, Member, Round, Target
from .sheets import CheckItem, Entry, Photo, Sheet, SheetForm
from .talks import Measure, Talk
from .tasks import Meeting, Routine, Session, Task

__all__ = [
    "CheckItem",
    "Entry",
    "Finding",
    "GreatDecision",
    "Letter",
    "Measure",
    "Meeting",
    "Member",
    "Photo",
    "Proof",
    "Round",
    "Routine",
    "Session",
    "Sheet",
    "SheetForm",
    "Talk",
    "Target",
    "Task",
    "Voice",
]
