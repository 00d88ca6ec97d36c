"""The verbs of an alert, in the order of its life, and the sweep that raises those of clocks."""

from .appeals import appeal, decide_appeal
from .life import (
    ask_again,
    check,
    close,
    correct,
    explain,
    proceed,
    rectify,
    reopen,
    sign,
    verify,
)
from .proof import attach_proof
from .raising import Finding, lapse, raise_alert, raise_many
from .settings import DAYS, set_route
from .sweeping import Swept, sweep
from .waiting import escalate

__all__ = [
    "DAYS",
    "Finding",
    "Swept",
    "appeal",
    "ask_again",
    "attach_proof",
    "check",
    "close",
    "correct",
    "decide_appeal",
    "escalate",
    "explain",
    "lapse",
    "proceed",
    "raise_alert",
    "raise_many",
    "rectify",
    "reopen",
    "set_route",
    "sign",
    "sweep",
    "verify",
]
