"""The verbs of tips. Each checks team and recusal, writes, and records in one transaction."""

from .charges import note_charge, propose_end, put_in_charge, sign_end
from .copies import allow_copy, ask_copy, make_copy
from .intake import Taken, plant, pledge, take_in
from .routing import (
    accept,
    answer_below,
    ask_after,
    ask_petition,
    call_back,
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
    urge,
)
from .summaries import rewrite
from .talking import hear, say
from .teams import assign, clear_out, declare_interest, end_access, note_refusal
from .visits import (
    book_visit,
    forget_notes,
    give_up_visit,
    miss_visit,
    offer_visit,
    read_note,
    record_visit,
    visit_by_code,
)

__all__ = [
    "Taken", "accept", "allow_copy", "answer_below", "ask_after", "ask_copy", "ask_petition", "assign", "book_visit",
    "call_back", "clear_out", "conclude", "decide_petition", "declare_interest", "end_access", "feed_back",
    "forget_notes", "give_up_visit", "hand_over", "hear", "keep_repeat", "link_repeat", "make_copy", "miss_visit",
    "note_charge", "note_refusal", "offer_visit", "plant", "pledge", "propose_end", "put_in_charge", "read_note",
    "record_visit", "rewrite", "say", "send_up", "sign_end", "take_in", "tell_acceptance", "tell_result", "to_lead",
    "transfer", "urge", "visit_by_code",
]  # fmt: skip
