"""What a person can do with works. Each verb checks, locks, writes and records in one transaction."""

from .accepting import accept, enter_signatures, mend, open_acceptance, sign_acceptance
from .awarding import award, award_again, confirm, quote, sign
from .building import ask_change, decide_change, finish, note_event
from .catalogue import ask_again, save_class, save_contractor, save_price, stop_asking
from .paying import ask_pay, drop_pay, note_paid
from .planning import approve_budget, propose, return_budget, send_budget, set_items, withdraw
from .settling import claim, release, return_claim, settle
from .taking_over import take_over

__all__ = [
    "accept",
    "approve_budget",
    "ask_again",
    "ask_change",
    "ask_pay",
    "award",
    "award_again",
    "claim",
    "confirm",
    "decide_change",
    "drop_pay",
    "enter_signatures",
    "finish",
    "mend",
    "note_event",
    "note_paid",
    "open_acceptance",
    "propose",
    "quote",
    "release",
    "return_budget",
    "return_claim",
    "save_class",
    "save_contractor",
    "save_price",
    "send_budget",
    "set_items",
    "settle",
    "sign",
    "sign_acceptance",
    "stop_asking",
    "take_over",
    "withdraw",
]
