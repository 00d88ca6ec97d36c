"""Reading draws."""

from django.db.models import Q, QuerySet

from huilian.engine.trail.queries import history_of

from .models import Draw

RECORD = "huilian draw record 1"


def by_number(number: str) -> Draw | None:
    return Draw.objects.filter(number=number).first()


def of_places(words: str = "") -> QuerySet[Draw]:
    """All draws, the newest first, narrowed by words of their purpose or their number."""
    found = Draw.objects.order_by("-announced_at", "-pk")
    return found.filter(Q(purpose__icontains=words) | Q(number__iexact=words)) if words else found


def chosen(draw: Draw) -> list[dict[str, str]]:
    """The candidates drawn, in the order of the draw, with their labels."""
    named = {c["key"]: c for c in draw.candidates}
    return [named[key] for key in draw.result]


def record_of(draw: Draw) -> dict[str, object]:
    """All that anybody needs to draw again; before the draw without the seed. Labels are left out: keys suffice."""
    told = {
        "format": RECORD,
        "number": draw.number,
        "purpose": draw.purpose,
        "candidates": [c["key"] for c in draw.candidates],
        "excluded": [{"key": c["key"], "reason": c["reason"]} for c in draw.excluded],
        "wanted": draw.wanted,
        "commitment": draw.commitment,
        "announced_at": draw.announced_at.isoformat(),
        "state": draw.state,
    }
    if draw.state == Draw.State.DRAWN:
        told |= {
            "seed": bytes(draw.seed).hex(),
            "words": draw.words,
            "result": draw.result,
            "revealed_at": draw.revealed_at.isoformat(),
        }
    return told


def why_cancelled(draw: Draw) -> str:
    """The reason with which a draw was given up, from the trail."""
    return str(next((e.data["reason"] for e in history_of(draw) if e.verb == "draws.cancel"), ""))
