"""What a person can do to the lists. Nothing else writes."""

from .cases import cite, lift, mark, move, start
from .lists import (
    add_opinion,
    answer_opinion,
    approve,
    begin,
    consult,
    discard,
    publish,
    save_item,
    save_row,
    strike_item,
)
from .reading import check_self, save_exclusion, save_point, sign

__all__ = [
    "add_opinion",
    "answer_opinion",
    "approve",
    "begin",
    "check_self",
    "cite",
    "consult",
    "discard",
    "lift",
    "mark",
    "move",
    "publish",
    "save_exclusion",
    "save_item",
    "save_point",
    "save_row",
    "sign",
    "start",
    "strike_item",
]
