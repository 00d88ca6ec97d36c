"""What the offices do with the directory. Administrators and the system only; every act is in the trail."""

from .groups import add_member, dissolve_group, remove_member, set_up_group
from .people import (
    add_person,
    appoint,
    change_person,
    declare_kin,
    end_appointment,
    withdraw_kin,
)
from .places import add_place, cut_out, merge_place, move_place, recode_place, rename_place
from .rolls import add_people, add_posts, add_units, appoint_all
from .units import (
    add_organisation,
    add_post,
    add_unit,
    change_organisation,
    change_post,
    change_unit,
    close_post,
    cover_places,
    dissolve_unit,
)

__all__ = [
    "add_member",
    "add_organisation",
    "add_people",
    "add_person",
    "add_place",
    "add_post",
    "add_posts",
    "add_unit",
    "add_units",
    "appoint",
    "appoint_all",
    "change_organisation",
    "change_person",
    "change_post",
    "change_unit",
    "close_post",
    "cover_places",
    "cut_out",
    "declare_kin",
    "dissolve_group",
    "dissolve_unit",
    "end_appointment",
    "merge_place",
    "move_place",
    "recode_place",
    "remove_member",
    "rename_place",
    "set_up_group",
    "withdraw_kin",
]
