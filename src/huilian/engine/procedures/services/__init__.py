"""The verbs of a case. Each checks, locks, asks the definition, writes, and records, in one transaction."""

from .drafting import discard_draft, publish_draft, rebase_draft, save_draft
from .lifecycle import act, assign_handler, move, name_party, open_case, open_cases
from .oversight import (
    answer_card,
    answer_supervision,
    assign_co_handler,
    decide_card,
    give_opinion,
    raise_card,
    supervise,
)
from .publishing import publish, publish_all, publish_defaults
from .sweeping import Given, follow_sweep, give_cards, open_many
from .timing import ask_extension, decide_extension, pause, resume, tell_extension

__all__ = [
    "Given",
    "act",
    "answer_card",
    "answer_supervision",
    "ask_extension",
    "assign_co_handler",
    "assign_handler",
    "decide_card",
    "decide_extension",
    "discard_draft",
    "follow_sweep",
    "give_cards",
    "give_opinion",
    "move",
    "name_party",
    "open_case",
    "open_cases",
    "open_many",
    "pause",
    "publish",
    "publish_all",
    "publish_defaults",
    "publish_draft",
    "raise_card",
    "rebase_draft",
    "resume",
    "save_draft",
    "supervise",
    "tell_extension",
]
