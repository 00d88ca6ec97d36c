"""What a person can do in audits. Each verb checks, locks, writes and records in one transaction."""

from .answering import advise, answer, begin_repairs, close, conclude_answers, publish, weigh
from .mending import hand_in, promise, send_back, verify
from .planning import add_member, cancel, notify_head, plan, plan_from, propose, put_aside, remove_member
from .settings import save_setting
from .working import add_evidence, begin, consult, look_again, save_finding, write_draft

__all__ = [
    "add_evidence",
    "add_member",
    "advise",
    "answer",
    "begin",
    "begin_repairs",
    "cancel",
    "close",
    "conclude_answers",
    "consult",
    "hand_in",
    "look_again",
    "notify_head",
    "plan",
    "plan_from",
    "promise",
    "propose",
    "publish",
    "put_aside",
    "remove_member",
    "save_finding",
    "save_setting",
    "send_back",
    "verify",
    "weigh",
    "write_draft",
]
