"""「网络竞价」 A lot goes online: its auction is opened, bidders take their paddles, its end names the winner."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from huilian.engine.auctions import closing
from huilian.engine.auctions import services as auctions
from huilian.engine.auctions.models import Auction, Paddle
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import CHINA, now, today

from .. import codes, rules
from ..models import Lot, Notice, Registration
from .guards import PUBLIC, allow, locked, noted
from .publishing import issue
from .striking import strike

PURPOSE = "lot"
FREE = timedelta(hours=1)  # free bidding before rounds begin (钦州 2021, facts §5.2)
TO_PREPARE = timedelta(hours=2)  # bidders fetch their paddles, two people their keys
ORDER = {Registration.Priority.MEMBER: 1, Registration.Priority.TENANT: 2, Registration.Priority.NONE: 0}
BEFORE = (Auction.State.DRAFT, Auction.State.ANNOUNCED)
RUNNING = (*BEFORE, Auction.State.SUSPENDED, Auction.State.WAITING)


def go_online(lot: Lot, *, by) -> Auction:
    """Open the auction of a lot whose registration has ended; the caller holds the lot. With a reserve it waits for
    its two keys, else it is announced at once. A later beginning than the notice said is published."""
    if lot.opens_at < now() + TO_PREPARE:
        lot.opens_at = datetime.combine(calendar_for(lot.place).add(today(), 1), rules.OPENS, tzinfo=CHINA)
        issue(lot, Notice.Kind.CORRECTION, _("Bidding begins at another time."))
    lot.auction = auctions.open_auction(
        title=lot.title,
        kind=lot.method,
        purpose=PURPOSE,
        opens_at=lot.opens_at,
        free_until=lot.opens_at + FREE,
        start_cents=lot.start_cents,
        step_cents=lot.step_cents,
        place=lot.place,
        by=by,
    )
    lot.save(update_fields=["opens_at", "auction"])
    if not lot.has_reserve:
        lot.auction = auctions.announce(lot.auction, by=by)
    noted("bidding", lot, by, auction=lot.auction.number)
    return lot.auction


@transaction.atomic
def hold_key(lot: Lot, *, by) -> str:
    """Take one of the two keys of the sealed reserve: the head of the exchange one, the supervision the other."""
    lot = locked(lot, "trade")
    allow(by, "exchange.key", lot.place)
    key = auctions.hold_reserve_key(_auction(lot), by=by)
    noted("key", lot, by)
    return key


@transaction.atomic
def seal_reserve(lot: Lot, *, cents: int, by) -> Auction:
    """The owner gives the reserve; it is sealed to both keys and kept nowhere else, then bidding is announced."""
    lot = locked(lot, "trade")
    allow(by, "exchange.apply", lot.place)
    auctions.seal_reserve(_auction(lot), cents, by=by)
    lot.auction = auctions.announce(_auction(lot), by=by)
    noted("reserve", lot, by)
    return lot.auction


@transaction.atomic
def turn_key(lot: Lot, *, key: str, by) -> Auction:
    """After the end: turn one's key. The second one opens the reserve and decides."""
    allow(by, "exchange.key", lot.place)
    return auctions.open_reserve(_auction(lot), key.strip(), by=by)


@transaction.atomic
def take_paddle(registration: Registration, code: str, *, by=PUBLIC) -> tuple[Paddle, str]:
    """A qualified bidder fetches the paddle with the code of the receipt, before bidding begins. Its secret is shown
    once."""
    lot = locked(registration.lot, "trade")
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not constant_time_compare(registration.code_digest, codes.digest(code)):
        raise Invalid(_("Number and code do not belong together."), field="code")
    if registration.state != Registration.State.QUALIFIED:
        raise Conflict(_("%(who)s does not take part.") % {"who": registration.number})
    taken = auctions.admit(
        _auction(lot),
        label=registration.number,
        party_key=registration.number,
        priority=ORDER[Registration.Priority(registration.priority)],
        by=by,
    )
    noted("paddle", lot, by, registration=registration.number)
    return taken


def stop_bidding(lot: Lot, verb: str, note: str, *, by) -> None:
    """Let the auction of a lot stand still, go on or end with it; nothing where there is none to stop."""
    if lot.auction_id is None:
        return
    state = _auction(lot).state
    if verb == "suspend" and state == Auction.State.ANNOUNCED:
        auctions.suspend(lot.auction, note, by=by)
    elif verb == "resume" and state == Auction.State.SUSPENDED:
        auctions.resume(lot.auction, by=by)
    elif verb == "terminate" and state in RUNNING:
        auctions.cancel(lot.auction, note, by=by)


def ended(auction: Auction) -> None:
    """Told inside the transaction that ends an auction: whoever won has the lot. Without a winner the lot waits for
    the exchange, which ends it without a taker."""
    lot = Lot.objects.select_related("case").get(auction=auction)
    outcome = auction.outcome or {}
    if outcome.get("state") != "won" or lot.case.step != "trade":
        return
    lot = locked(lot, "trade", going=False)
    paddle = auction.paddles.get(number=outcome["paddle"])
    bidders = auction.entries.exclude(paddle=None).values("paddle").distinct().count()
    winner = lot.registrations.get(number=paddle.party_key)
    why = _("online bidding %(number)s") % {"number": auction.number}
    strike(lot, winner, outcome["cents"], bidders, why, by=SYSTEM)


def _auction(lot: Lot) -> Auction:
    if lot.auction_id is None:
        raise Conflict(_("There is no online bidding for this lot."))
    return Auction.objects.get(pk=lot.auction_id)


closing.register(PURPOSE, ended)
