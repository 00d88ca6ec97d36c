"""Reads for the screens."""

from urllib.parse import parse_qsl, urlencode

from huilian.engine.look.menu import GROUPS
from huilian.engine.trail.models import Event
from huilian.engine.trail.queries import actor_name, sentence

from .declare import Register, all_registers
from .models import SavedView

HISTORY = 50


def registers_of(user) -> list[Register]:
    """The registers this person may see."""
    return [register for register in all_registers() if register.may_see(user)]


def registers_by_group(user) -> dict[str, list[Register]]:
    """The same by group of the menu, in its order."""
    found = registers_of(user)
    return {g: own for g in GROUPS if (own := [r for r in found if r.group == g])}


def query_of(request) -> str:
    """The conditions of the present list without the page, as they stand in the address."""
    return urlencode([(k, v) for k, v in parse_qsl(request.META.get("QUERY_STRING", "")) if k != "page" and v])


def views_of(register: Register, request) -> list[dict]:
    """The person's saved views of a register; `current` is the one being looked at."""
    here = query_of(request)
    found = SavedView.objects.filter(user=request.user, register=register.key)
    return [{"pk": v.pk, "name": v.name, "query": v.query, "current": v.query == here} for v in found]


def history(register: Register, row) -> list[dict]:
    """What was done to a row, newest first, as the timeline shows it."""
    events: list[Event] = list(register.history(row).order_by("-at", "-id")[:HISTORY])
    return [{"when": e.at, "who": actor_name(e), "head": sentence(e)} for e in events]
