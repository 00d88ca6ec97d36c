"""What can be done with a lot. Each verb checks, locks, writes and records in one transaction."""

from .applying import accept, apply, apply_again, list_again, opine, refuse, send_back, withdraw
from .concluding import archive, break_off, certify, on_signing, sign
from .deciding import answer_objection, confirm, object_to, overturn, resume, suspend, terminate
from .drawing import announce_panel, draw_panel, drop_panel
from .online import hold_key, seal_reserve, take_paddle, turn_key
from .paying import confirm_deposit, note_deposit, pay_in, pay_owner, refund, settle, turn_deposit
from .publishing import answer, ask, correct, extend, lower, post_on_board, publish
from .registering import examine, give_up, register
from .trading import award, close_registration, fail, mark, put_price
from .watching import attend, put_right

__all__ = [
    "accept",
    "announce_panel",
    "answer",
    "answer_objection",
    "apply",
    "apply_again",
    "archive",
    "ask",
    "attend",
    "award",
    "break_off",
    "certify",
    "close_registration",
    "confirm",
    "confirm_deposit",
    "correct",
    "draw_panel",
    "drop_panel",
    "examine",
    "extend",
    "fail",
    "give_up",
    "hold_key",
    "list_again",
    "lower",
    "mark",
    "note_deposit",
    "object_to",
    "on_signing",
    "opine",
    "overturn",
    "pay_in",
    "pay_owner",
    "post_on_board",
    "publish",
    "put_price",
    "put_right",
    "refund",
    "refuse",
    "register",
    "resume",
    "seal_reserve",
    "send_back",
    "settle",
    "sign",
    "suspend",
    "take_paddle",
    "terminate",
    "turn_deposit",
    "turn_key",
    "withdraw",
]
