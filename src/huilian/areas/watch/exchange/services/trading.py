"""「竞价评审」 From the end of registration to the winner: prices on the table, marks of experts, the result."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from .. import rules
from ..models import Deal, Deposit, Lot, Offer, Registration, Score, Seat
from ..queries.results import standing
from .guards import allow, locked, moved, noted, past
from .online import go_online
from .striking import end_without_deal, strike

TENDER_LEAST = 3  # fewer bidders than three: the tender is called again (招标投标法 2017-12-27修正 §28)


@transaction.atomic
def close_registration(lot: Lot, *, online: bool = False, by, expected: int | None = None) -> Lot:
    """End registration, by the server's clock and never before. Whoever lacks examination or deposit stays out.

    Two or more bidders of a timed lot bid online; sealed prices are given online where `online` says so, else in
    envelopes. Raises Conflict while it runs, while somebody waits to be examined, and where too few came: then it is
    extended, lowered or ends without a taker.
    """
    lot = locked(lot, "notice")
    allow(by, "exchange.run", lot.place)
    if not past(lot.registers_until):
        raise Conflict(_("Registration still runs."))
    if lot.registrations.filter(state="applied").exists():
        raise Conflict(_("Somebody who has registered is not examined yet."))
    if lot.objections.filter(about="papers", answered_at=None).exists():
        raise Conflict(_("An objection to the papers is not answered yet."))
    if Deposit.objects.filter(registration__lot=lot, state="arrived", due_back_on=None).exists():
        raise Conflict(_("A deposit is not confirmed yet."))
    able = lot.registrations.filter(state="qualified")
    if lot.deposit_cents:
        for one in able.exclude(deposits__state="confirmed"):
            one.state, one.note = Registration.State.REFUSED, _("no deposit in time")
            one.save(update_fields=["state", "note"])
    count, least = able.count(), TENDER_LEAST if lot.method == Lot.Method.TENDER else 1
    if count < least:
        raise Conflict(
            _("%(count)s bidders of at least %(least)s: extend the notice, change the price or end it without a taker.")
            % {"count": count, "least": least}
        )
    lot = moved(lot, "close_registration", by, expected=expected, data={"bidders": count})
    if count > 1 and (lot.method == Lot.Method.TIMED or (online and lot.method == Lot.Method.SEALED and not lot.buys)):
        go_online(lot, by=by)
    return lot


@transaction.atomic
def put_price(registration: Registration, *, price_cents: int, round: int = 1, by) -> Offer:
    """Enter a price said or opened before all: the only bidder's agreement, a round of negotiation, an envelope.

    Sealed prices are entered once; in a negotiation every round betters the one before.
    """
    lot = _at_table(registration.lot, by)
    if lot.auction_id:
        raise Conflict(_("This lot is bid for online; no price is entered by hand."))
    registration = lot.registrations.get(pk=registration.pk)
    if registration.state != Registration.State.QUALIFIED:
        raise Conflict(_("%(who)s does not take part.") % {"who": registration.name})
    if not rules.reaches(price_cents, lot.start_cents, buys=lot.buys):
        raise Invalid(
            _("The price is above the ceiling.") if lot.buys else _("The price is below the starting price."),
            field="price_cents",
        )
    last = registration.offers.order_by("-round").first()
    if last and lot.method != Lot.Method.NEGOTIATION:
        raise Conflict(_("%(who)s has given a price. It is given once.") % {"who": registration.name})
    if last and (round <= last.round or not rules.reaches(price_cents, last.price_cents, buys=lot.buys)):
        raise Invalid(_("A new round betters the bidder's own price of the round before."), field="price_cents")
    try:
        with transaction.atomic():
            offer = Offer.objects.create(registration=registration, round=round, price_cents=price_cents, at=now())
    except IntegrityError as twice:
        raise Conflict(_("This price is entered already.")) from twice
    noted("price", lot, by, registration=registration.number, cents=price_cents, round=round)
    return offer


@transaction.atomic
def mark(seat: Seat, registration: Registration, points: Mapping[str, Decimal], *, by) -> list[Score]:
    """One expert's marks for one bidder, all criteria at once and once only."""
    lot = _at_table(seat.lot, by)
    if registration.lot_id != lot.pk or registration.state != Registration.State.QUALIFIED:
        raise Conflict(_("%(who)s does not take part.") % {"who": registration.name})
    if set(points) != set(rules.MOST_POINTS):
        raise Invalid(_("Every criterion has its mark."), field="points")
    for name, given in points.items():
        if not 0 <= given <= rules.MOST_POINTS[name]:
            raise Invalid(_("A mark lies between 0 and %(most)s.") % {"most": rules.MOST_POINTS[name]}, field=name)
    if seat.scores.filter(registration=registration).exists():
        raise Conflict(_("%(expert)s has marked this bidder.") % {"expert": seat.expert})
    at = now()
    made = Score.objects.bulk_create(
        Score(seat=seat, registration=registration, criterion=name, points=given, at=at)
        for name, given in points.items()
    )
    noted("marked", lot, by, registration=registration.number)
    return made


@transaction.atomic
def award(lot: Lot, *, by, expected: int | None = None) -> Deal:
    """Name the winner as the method has it and publish the result; the others' deposits are to go back."""
    lot = _at_table(lot, by)
    found = standing(lot)
    if found.missing:
        raise Conflict(found.missing)
    return strike(
        lot, found.order[0].registration, found.order[0].cents, found.took_part, found.why, by=by, expected=expected
    )


@transaction.atomic
def fail(lot: Lot, *, note: str, by, expected: int | None = None) -> Lot:
    """「流标」 End it without a taker; every deposit goes back and everybody is told."""
    lot = locked(lot, "notice", "trade")
    allow(by, "exchange.run", lot.place)
    if lot.case.step == "notice" and not past(lot.registers_until):
        raise Conflict(_("Registration still runs."))
    if lot.auction_id and lot.auction.state not in ("ended", "cancelled"):
        raise Conflict(_("The online bidding has not ended yet."))
    return end_without_deal(lot, "fail", Lot.Outcome.UNSOLD, note, by, expected)


def _at_table(lot: Lot, by) -> Lot:
    lot = locked(lot, "trade")
    allow(by, "exchange.run", lot.place)
    if not past(lot.opens_at):
        raise Conflict(_("Trading has not begun yet."))
    return lot
