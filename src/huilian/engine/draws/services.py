"""A draw: the list first, then the lot. Who of the office may draw, the area has already asked."""

import secrets
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation import draws
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from .models import Draw

State = Draw.State


def announce(
    *,
    purpose: str,
    candidates: Iterable[Mapping[str, str]],
    wanted: int,
    excluded: Iterable[Mapping[str, str]] = (),
    place: object = "",
    names_shown: bool = True,
    by: object,
) -> Draw:
    """Publish the list and the digest of a seed that nobody has seen. `candidates`: {key, label} each; `excluded`: who
    must step back, {key, label, reason} each, said now and not after the draw. Where the law keeps names back, such as
    of experts until the result (招标投标法 (2017-12-27修正) §37), the public list holds keys only. Raises Invalid."""
    able = sorted(({"key": c["key"], "label": c["label"]} for c in candidates), key=lambda c: c["key"])
    out = [{name: c.get(name, "").strip() for name in ("key", "label", "reason")} for c in excluded]
    if not all(c["reason"] for c in out):
        raise Invalid(_("Whoever is left out is left out for a reason. Please give it."), field="excluded")
    if {c["key"] for c in able} & {c["key"] for c in out}:
        raise Invalid(_("Somebody who is left out stands among the candidates."), field="excluded")
    with transaction.atomic():
        draw = Draw(
            number=next_number("CJ"), purpose=purpose, place=str(getattr(place, "code", place) or ""),
            candidates=able, excluded=out, wanted=wanted, names_shown=names_shown,
            seed=secrets.token_bytes(draws.SEED), announced_at=now(),
        )  # fmt: skip
        draw.commitment = draws.commitment(draw.seed, listing(draw))
        draw.save()
        record(
            "draws.announce", draw, by=by, place=draw.place,
            data={"digest": draw.commitment, "wanted": wanted, "count": len(able), "candidates": _keys(draw),
                  "excluded": [c["key"] for c in out]},
        )  # fmt: skip
    return draw


def reveal(draw: Draw, *, words: str = "", by: object) -> Draw:
    """Draw. `words`: what witnesses called out or threw after the list was published; with them not even who could
    read the database before can have known the result."""
    with transaction.atomic():
        draw = _locked(draw)
        draw.words, draw.revealed_at, draw.state = words.strip(), now(), State.DRAWN
        draw.result = draws.drawn(bytes(draw.seed), listing(draw), draw.words, _keys(draw), draw.wanted)
        draw.save()
        record(
            "draws.reveal", draw, by=by, place=draw.place,
            data={"result": draw.result, "words": draw.words, "seed": bytes(draw.seed).hex()},
        )  # fmt: skip
    return draw


def cancel(draw: Draw, reason: str, *, by: object) -> Draw:
    """Give up a draw before it is drawn, for a reason everybody reads. Its seed is never shown."""
    if not reason.strip():
        raise Invalid(_("Please say why."), field="reason")
    with transaction.atomic():
        draw = _locked(draw)
        draw.state = State.CANCELLED
        draw.save()
        record("draws.cancel", draw, by=by, place=draw.place, data={"reason": reason})
    return draw


def listing(draw: Draw) -> bytes:
    return draws.listed(draw.number, draw.purpose, _keys(draw), draw.wanted)


def _keys(draw: Draw) -> list[str]:
    return [c["key"] for c in draw.candidates]


def _locked(draw: Draw) -> Draw:
    draw = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
    if draw.state != State.ANNOUNCED:
        raise Conflict(_("This draw is over."))
    return draw
