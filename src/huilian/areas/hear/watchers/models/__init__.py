"""The watchers' tables, by what they describe."""

from .bodies import Appraisal, Body, BodyKind, Seat
from .catalogue import Checkpoint, ManualEntry, Stratum, Topic, WatchedPoint
from .contact import Card, Mailing
from .letters import Advice, WarningLetter
from .work import (
    BoxOpening,
    ComplaintBox,
    DutyReport,
    LogEntry,
    Meeting,
    PeriodReport,
    PlanLine,
    Question,
    Report,
    Training,
)

__all__ = [
    "Advice", "Appraisal", "Body", "BodyKind", "BoxOpening", "Card", "Checkpoint", "ComplaintBox", "DutyReport",
    "LogEntry",
    "Mailing", "ManualEntry", "Meeting", "PeriodReport", "PlanLine", "Question", "Report", "Seat", "Stratum", "Topic",
    "Training", "WarningLetter", "WatchedPoint",
]  # fmt: skip
