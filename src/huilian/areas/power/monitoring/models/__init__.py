"""What electronic supervision keeps. Changed only through `services`."""

from .complaints import ActComplaint
from .corrections import CheckRecord, Correction, VideoPoint
from .evaluation import Criterion, Evaluation
from .logs import OutsideLog
from .penalties import Penalty, PenaltyBand, PenaltyMatter

__all__ = [
    "ActComplaint",
    "CheckRecord",
    "Correction",
    "Criterion",
    "Evaluation",
    "OutsideLog",
    "Penalty",
    "PenaltyBand",
    "PenaltyMatter",
    "VideoPoint",
]
