"""「评定」 How the bidders of a lot stand, by its method, and what is still missing for a result."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .. import rules
from ..models import Lot, Registration


@dataclass(frozen=True)
class Place:
    """One bidder with the price that counts and, in a tender, the points."""

    registration: Registration
    cents: int
    points: Decimal | None = None


@dataclass(frozen=True)
class Standing:
    """Best first. `missing` says in a sentence why there is no result yet; `why` how the first came to be first."""

    order: tuple[Place, ...]
    took_part: int
    why: str = ""
    missing: str = ""


def standing(lot: Lot) -> Standing:
    """How the bidders of `lot` stand now."""
    able = {r.pk: r for r in lot.registrations.filter(state="qualified").prefetch_related("offers")}
    last = {pk: max(r.offers.all(), key=lambda o: o.round, default=None) for pk, r in able.items()}
    prices = [rules.Price(pk, o.price_cents, able[pk].priority, o.at) for pk, o in last.items() if o]
    if lot.auction_id:
        return Standing((), len(able), missing=_("The online bidding decides."))
    if not prices:
        return Standing((), len(able), missing=_("No price is on the table yet."))
    if len(able) == 1:
        only = prices[0]
        return Standing(
            (Place(able[only.key], only.cents),), 1, _("one bidder, agreed at the starting price or better")
        )
    if lot.method in (Lot.Method.SEALED, Lot.Method.TENDER) and len(prices) < len(able):
        return Standing((), len(able), missing=_("Not every bidder's price is entered yet."))
    if lot.method == Lot.Method.TENDER:
        return _tender(lot, able, prices)
    order = rules.ranked(prices, buys=lot.buys)
    places = tuple(Place(able[p.key], p.cents) for p in order)
    return Standing(places, len(prices), _reason(order))


def _tender(lot: Lot, able: dict[int, Registration], prices: list[rules.Price]) -> Standing:
    seats = list(lot.seats.prefetch_related("scores"))
    if not seats:
        return Standing((), len(able), missing=_("No panel is drawn yet."))
    marks: dict[int, dict[str, list[Decimal]]] = {pk: {} for pk in able}
    for seat in seats:
        for score in seat.scores.all():
            marks[score.registration_id].setdefault(str(seat.pk), []).append(score.points)
    if any(len(given) < len(seats) for given in marks.values()):
        return Standing((), len(able), missing=_("Not every expert has marked every bidder yet."))
    best = min(p.cents for p in prices)
    points = {p.key: rules.expert_points(marks[p.key]) + rules.price_points(p.cents, best) for p in prices}
    order = sorted(prices, key=lambda p: (-points[p.key], p.cents, p.at))
    places = tuple(Place(able[p.key], p.cents, points[p.key]) for p in order)
    return Standing(places, len(prices), _("most points of %(experts)s experts and price") % {"experts": len(seats)})


def _reason(order: list[rules.Price]) -> str:
    if len(order) > 1 and order[0].cents == order[1].cents:
        if order[0].priority > order[1].priority:
            return _("same price, priority decided")
        return _("same price, the earlier one decided")
    return _("best price")
