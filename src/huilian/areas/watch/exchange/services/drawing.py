"""「抽取专家」 The panel of a tender is drawn by lot: the list first, then the draw, which anybody can repeat."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.draws import services as draws
from huilian.engine.draws.models import Draw
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.names import norm

from ..models import Expert, Lot, Seat
from .guards import allow, locked, noted

LEAST = 5  # experts, an odd number: 招标投标法 (2017-12-27修正) §37, 财政部令第87号 (2017) §47


@transaction.atomic
def announce_panel(lot: Lot, *, field: str = "", wanted: int = 0, recused: Mapping[str, str] | None = None, by) -> Draw:
    """Publish who may be drawn, and who steps back with the reason; experts of the owner and of a bidder always do."""
    lot = locked(lot, "notice", "trade")
    allow(by, "exchange.run", lot.place)
    if lot.draw_id:
        raise Conflict(_("The panel of this lot is drawn already."))
    wanted = wanted or LEAST
    if wanted < LEAST or wanted % 2 == 0:
        raise Invalid(_("A panel has an odd number of experts, at least %(least)s.") % {"least": LEAST}, field="wanted")
    pool = Expert.objects.filter(is_active=True, **({"field": field} if field else {}))
    out = dict(recused or {})
    bidders = set(lot.registrations.values_list("name_norm", flat=True))
    for one in pool:
        if norm(one.employer) in {norm(lot.owner.name), *bidders} - {""} or one.name in bidders:
            out.setdefault(one.number, _("works for the owner or a bidder"))
    lot.draw = draws.announce(
        purpose=_("Experts for %(lot)s") % {"lot": lot},
        candidates=[{"key": e.number, "label": e.name} for e in pool if e.number not in out],
        excluded=[{"key": e.number, "label": e.name, "reason": out[e.number]} for e in pool if e.number in out],
        wanted=wanted,
        place=lot.place,
        names_shown=False,
        by=by,
    )
    lot.save(update_fields=["draw"])
    noted("draw", lot, by, draw=lot.draw.number)
    return lot.draw


@transaction.atomic
def drop_panel(lot: Lot, *, reason: str, by) -> Lot:
    """Give up a published list that has a fault, before it is drawn; another one may be published."""
    lot = locked(lot, "notice", "trade")
    allow(by, "exchange.run", lot.place)
    if lot.draw_id is None:
        raise Conflict(_("The list is not published yet."))
    draw = draws.cancel(Draw.objects.get(pk=lot.draw_id), reason, by=by)
    lot.draw = None
    lot.save(update_fields=["draw"])
    noted("undrawn", lot, by, draw=draw.number, reason=reason.strip())
    return lot


@transaction.atomic
def draw_panel(lot: Lot, *, words: str = "", by) -> list[Seat]:
    """Draw; `words` are what witnesses called out after the list was published. The drawn sit on the panel."""
    lot = locked(lot, "notice", "trade")
    allow(by, "exchange.run", lot.place)
    if lot.draw_id is None:
        raise Conflict(_("The list is not published yet."))
    draw = draws.reveal(Draw.objects.get(pk=lot.draw_id), words=words, by=by)
    experts = Expert.objects.in_bulk(draw.result, field_name="number")
    made = Seat.objects.bulk_create(Seat(lot=lot, expert=experts[key]) for key in draw.result)
    noted("seated", lot, by, draw=draw.number, experts=len(made))
    return made
