"""The verbs of tips. Each checks team and recusal, writes, and records in one transaction."""

from .copies import allow_copy, ask_copy, make_copy
from .intake import Taken, plant, pledge, take_in
from .routing import (
    accept,
    ask_petition,
    conclude,
    decide_petition,
    feed_back,
    hand_over,
    keep_repeat,
    link_repeat,
    send_up,
    tell_acceptance,
    tell_result,
    to_lead,
    transfer,
)
from .summaries import rewrite
from .talking import hear, say
from .teams import assign, clear_out, declare_interest, end_access, note_refusal
from .visits import book_visit, miss_visit, offer_visit, record_visit

__all__ = [
    "Taken", "accept", "allow_copy", "ask_copy", "ask_petition", "assign", "book_visit", "clear_out", "conclude",
    "decide_petition", "declare_interest", "end_access", "feed_back", "hand_over", "hear", "keep_repeat", "link_repeat",
    "make_copy", "miss_visit", "note_refusal", "offer_visit", "plant", "pledge", "record_visit", "rewrite", "say",
    "send_up", "take_in", "tell_acceptance", "tell_result", "to_lead", "transfer",
]  # fmt: skip
