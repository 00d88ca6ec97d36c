"""What a person can do in electronic supervision. Each verb checks, locks, writes and records in one transaction."""

from .catalogue import enter_check, save_band, save_criterion, save_matter, save_point
from .complaints import complain, decide_complaint, explain, refuse_complaint, take_up
from .corrections import answer_correction, order_correction, verify_correction
from .evaluating import answer_objection, criteria_on, evaluate, object_to, settle
from .penalties import decide_penalty, file_penalty, move_penalty, open_penalty, propose, review

__all__ = [
    "answer_correction",
    "answer_objection",
    "complain",
    "criteria_on",
    "decide_complaint",
    "decide_penalty",
    "enter_check",
    "evaluate",
    "explain",
    "file_penalty",
    "move_penalty",
    "object_to",
    "open_penalty",
    "order_correction",
    "propose",
    "refuse_complaint",
    "review",
    "save_band",
    "save_criterion",
    "save_matter",
    "save_point",
    "settle",
    "take_up",
    "verify_correction",
]
