"""What a person can do in campaigns and conduct. Each verb checks, locks, writes and records in one transaction."""

from .campaigns import (
    begin,
    close_campaign,
    enter,
    publish,
    remind,
    save_campaign,
    save_fund,
    save_measure,
    set_joint,
    strike,
)
from .cars import fill, order_trip, save_car, see
from .catalogue import save_aspect, save_kind, save_reminder
from .cautions import appeal, decide, decide_appeal, hear, propose
from .comparing import compare, plan_comparison, take_up_differences
from .occasions import check, conclude, declare, report, save_occasion_kind, tell_the_late
from .problems import accept, draw, hand_in, note_problem, promise, refuse, reopen, send_back, sign_off, withdraw

__all__ = [
    "accept",
    "appeal",
    "begin",
    "check",
    "close_campaign",
    "compare",
    "conclude",
    "decide",
    "decide_appeal",
    "declare",
    "draw",
    "enter",
    "fill",
    "hand_in",
    "hear",
    "note_problem",
    "order_trip",
    "plan_comparison",
    "promise",
    "propose",
    "publish",
    "refuse",
    "remind",
    "reopen",
    "report",
    "save_aspect",
    "save_campaign",
    "save_car",
    "save_fund",
    "save_kind",
    "save_measure",
    "save_occasion_kind",
    "save_reminder",
    "see",
    "send_back",
    "set_joint",
    "sign_off",
    "strike",
    "take_up_differences",
    "tell_the_late",
    "withdraw",
]
