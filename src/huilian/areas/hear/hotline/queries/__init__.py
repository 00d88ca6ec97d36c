"""Reads of the hotline: for its staff, for the citizen of one matter, and for everybody."""

from .citizen import CitizenView, citizen_view, code_digest, order_followed, sounds_like_a_charge
from .public import (
    Figures,
    Outcome,
    PublicPromise,
    county,
    grounds,
    last_month,
    media_outcomes,
    month_figures,
    promises,
    telephones,
    time_limits,
    topics,
    way_in,
)
from .staff import answers_in_force, earlier_orders, open_orders_like, order_of, orders_visible_to

__all__ = [
    "CitizenView",
    "Figures",
    "Outcome",
    "PublicPromise",
    "answers_in_force",
    "citizen_view",
    "code_digest",
    "county",
    "earlier_orders",
    "grounds",
    "last_month",
    "media_outcomes",
    "month_figures",
    "open_orders_like",
    "order_followed",
    "order_of",
    "orders_visible_to",
    "promises",
    "sounds_like_a_charge",
    "telephones",
    "time_limits",
    "topics",
    "way_in",
]
