"""Everything a person can do here. Faces and flows call these; nothing else writes."""

from .boards import look_at_carrier, prove, save_carrier
from .calendar import add_event, excuse, open_obligations
from .catalogue import save_class, save_kind, save_policy
from .features import add_answer, keep_promise, open_feature
from .importing import Ready, publish_many
from .items import change, check, correct, discard, draft, publish, renew, send_to_check, withdraw
from .questions import answer, ask, ask_again, escalate_overdue, hide
from .readers import add_readers
from .seeding import seed

__all__ = [
    "Ready",
    "add_answer",
    "add_event",
    "add_readers",
    "answer",
    "ask",
    "ask_again",
    "change",
    "check",
    "correct",
    "discard",
    "draft",
    "escalate_overdue",
    "excuse",
    "hide",
    "keep_promise",
    "look_at_carrier",
    "open_feature",
    "open_obligations",
    "prove",
    "publish",
    "publish_many",
    "renew",
    "save_carrier",
    "save_class",
    "save_kind",
    "save_policy",
    "seed",
    "send_to_check",
    "withdraw",
]
