"""What deciding keeps. Changed only through `services`."""

from .catalogue import EarlierDecision, Keeping, Matter, Quorum, Seat
from .meetings import AgendaItem, Attendance, Meeting, Opinion, Sheet, StepBack, Vote
from .motions import Announcement, Execution, Motion, SignOff

__all__ = [
    "AgendaItem",
    "Announcement",
    "Attendance",
    "EarlierDecision",
    "Execution",
    "Keeping",
    "Matter",
    "Meeting",
    "Motion",
    "Opinion",
    "Quorum",
    "Seat",
    "Sheet",
    "SignOff",
    "StepBack",
    "Vote",
]
