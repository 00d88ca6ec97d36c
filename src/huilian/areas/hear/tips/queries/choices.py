"""What a person who speaks up may choose from."""

from itertools import groupby

from huilian.foundation.now import now

from ..models import Tip, Visit

FIELDS = list(Tip.Field.choices)


def free_visits() -> list[tuple]:
    """Times at which an officer listens over video and nobody has booked, by the room: (place, visits)."""
    found = Visit.objects.filter(booked_at=None, starts_at__gt=now()).select_related("room", "officer")
    rooms = groupby(found.order_by("room__code", "starts_at"), key=lambda visit: visit.room)
    return [(room, list(visits)) for room, visits in rooms]


def free_visit(pk: str) -> Visit | None:
    return Visit.objects.filter(pk=int(pk)).first() if pk.isdecimal() else None
