"""The verbs of the hotline, in the order a matter goes through them."""

from .answering import (
    answer,
    check_report,
    contact,
    object_to_dispatch,
    report,
    rule_on_objection,
    sign,
    tell_extension,
)
from .calls import drop_draft, keep_draft, take_call
from .catalogue import save_channel, save_ground, save_knowledge, save_matter
from .citizens import add_remark, hand_in
from .feedback import call_back, close_explained, rate, reconsider, reopen
from .importing import FaultyFile, Imported, import_orders
from .intake import (
    accept,
    answer_at_once,
    confirm_refusal,
    dispatch,
    merge,
    propose_refusal,
    record_three_way_call,
    reject_refusal,
    submit,
    take,
)
from .learning import learn
from .media import (
    demand_rectification,
    keep_promise,
    note_promise,
    open_media_item,
    publish_outcome,
    rectify,
    schedule_programme,
    take_question,
)
from .people import name_party, reveal_caller
from .reporting import note_report
from .seeding import seed

__all__ = [
    "FaultyFile",
    "Imported",
    "accept",
    "add_remark",
    "answer",
    "answer_at_once",
    "call_back",
    "check_report",
    "close_explained",
    "confirm_refusal",
    "contact",
    "demand_rectification",
    "dispatch",
    "drop_draft",
    "hand_in",
    "import_orders",
    "keep_draft",
    "keep_promise",
    "learn",
    "merge",
    "name_party",
    "note_promise",
    "note_report",
    "object_to_dispatch",
    "open_media_item",
    "propose_refusal",
    "publish_outcome",
    "rate",
    "reconsider",
    "record_three_way_call",
    "rectify",
    "reject_refusal",
    "reopen",
    "report",
    "reveal_caller",
    "rule_on_objection",
    "save_channel",
    "save_ground",
    "save_knowledge",
    "save_matter",
    "schedule_programme",
    "seed",
    "sign",
    "submit",
    "take",
    "take_call",
    "take_question",
    "tell_extension",
]
