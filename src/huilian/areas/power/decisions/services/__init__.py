"""The verbs of deciding. Each checks, locks, asks the chain, writes and records in one transaction."""

from .announcing import announce
from .catalogue import end_seat, keep_here, save_earlier, save_matter, save_quorum, save_seat
from .meetings import begin, call, cancel, close, keep_minutes, keep_sheet
from .motions import carried, correct, drop, execute, note_step, propose, withdraw
from .oversight import answer, rule, sign_off
from .room import cast, count_present, mark, represent, speak, step_back, tally, unmark

__all__ = [
    "announce",
    "answer",
    "begin",
    "call",
    "cancel",
    "carried",
    "cast",
    "close",
    "correct",
    "count_present",
    "drop",
    "end_seat",
    "execute",
    "keep_here",
    "keep_minutes",
    "keep_sheet",
    "mark",
    "note_step",
    "propose",
    "represent",
    "rule",
    "save_earlier",
    "save_matter",
    "save_quorum",
    "save_seat",
    "sign_off",
    "speak",
    "step_back",
    "tally",
    "unmark",
    "withdraw",
]
