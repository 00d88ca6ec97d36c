"""The watchers' tables, by what they describe."""

from .bodies import Appraisal, Body, BodyKind, Seat
from .catalogue import Checkpoint, ManualEntry, Stratum, Topic, WatchedPoint
from .contact import Card, Mailing
from .letters import Advice, WarningLetter
from .work import BoxOpening, ComplaintBox, LogEntry, Meeting, PeriodReport, PlanLine, Question, Report

__all__ = [
    "Advice", "Appraisal", "Body", "BodyKind", "BoxOpening", "Card", "Checkpoint", "ComplaintBox", "LogEntry",
    "Mailing", "ManualEntry", "Meeting", "PeriodReport", "PlanLine", "Question", "Report", "Seat", "Stratum", "Topic",
    "WarningLetter", "WatchedPoint",
]  # fmt: skip
