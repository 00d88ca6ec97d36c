"""What a person can do with seals. Each verb checks, locks, writes and records in one transaction."""

from .asking import agree, approve, ask, ask_again, enter_afterwards, refuse, send_back, withdraw
from .catalogue import save_class, save_forbidden
from .keeping import destroy, hand_over, save_seal, stop
from .lending import ask_loan, bring_back, decide_loan, take_out
from .printing import Stamped, close, release, report

__all__ = [
    "Stamped",
    "agree",
    "approve",
    "ask",
    "ask_again",
    "ask_loan",
    "bring_back",
    "close",
    "decide_loan",
    "destroy",
    "enter_afterwards",
    "hand_over",
    "refuse",
    "release",
    "report",
    "save_class",
    "save_forbidden",
    "save_seal",
    "send_back",
    "stop",
    "take_out",
    "withdraw",
]
