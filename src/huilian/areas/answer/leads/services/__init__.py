"""What a person can do about leads. Each verb checks, locks, writes and records in one transaction."""

from .catalogue import save_ally, save_sanction, save_term
from .coordinating import (
    check_again,
    close_meeting,
    conclude,
    finish_task,
    give_task,
    hold_meeting,
    send_letter,
    sign_off,
    table,
    take_receipt,
    take_stock,
)
from .disposing import (
    accept_trial,
    announce,
    archive,
    clear_name,
    decide,
    enter_outcome,
    feed_back,
    find_false,
    propose,
    send_to_trial,
)
from .evidence import add_evidence, move_evidence, open_evidence, open_evidence_file, release_evidence
from .handling import (
    hand_over,
    inquire,
    plan_verification,
    recheck_inquiry,
    report_inquiry,
    report_verification,
    sign_report,
    take_answer,
    take_over,
    weigh,
)
from .intake import join_repeat, open_attachment, open_lead, register, state_clear, step_back, write
from .papers import make_paper, open_paper, suggested

__all__ = [
    "accept_trial", "add_evidence", "announce", "archive", "check_again", "clear_name", "close_meeting", "conclude",
    "decide", "enter_outcome", "feed_back", "find_false", "finish_task", "give_task", "hand_over", "hold_meeting",
    "inquire", "join_repeat", "make_paper", "move_evidence", "open_attachment", "open_evidence", "open_evidence_file",
    "open_lead", "open_paper", "plan_verification", "propose", "recheck_inquiry", "register", "release_evidence",
    "report_inquiry", "report_verification", "save_ally", "save_sanction", "save_term", "send_letter",
    "send_to_trial", "sign_off", "sign_report", "state_clear", "step_back", "suggested", "table", "take_answer",
    "take_over", "take_receipt", "take_stock", "weigh", "write",
]  # fmt: skip
