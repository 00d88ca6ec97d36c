"""What can be done with an auction. Who of the office may do it, the area that opened it has already asked.

Each verb holds the auction's row, reads the clock when it is its turn, lets `foundation.auctions` decide, and writes
one event into the trail. A refusal leaves nothing behind.
"""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM, Actor
from huilian.engine.trail.services import record
from huilian.foundation import auctions, hashing
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment

from . import closing, keeping, secret, timing
from .models import Auction, Entry, Paddle, ReserveKey

State = Auction.State
CLOCK = "clock"  # reason of a pause that the house makes by itself; pages say it in words
LOOK_AGAIN = timedelta(minutes=1)


def bidder(paddle: Paddle) -> Actor:
    """Who bids, as the trail may know it: the number of the paddle."""
    return Actor("citizen", None, f"№ {paddle.number}")


# Preparing


def open_auction(
    *,
    title: str,
    kind: str,
    purpose: str,
    opens_at: datetime,
    free_until: datetime,
    start_cents: int,
    step_cents: int = 0,
    round_seconds: int = 300,
    place: object = "",
    by: object,
) -> Auction:
    """Prepare an auction (a draft). `free_until` and `round_seconds` of a sealed one: end of handing in, and how long
    amounts can be shown after it. `purpose` is the area's word for `closing.register`. Raises Invalid."""
    auction = Auction(
        title=title,
        kind=kind,
        purpose=purpose,
        place=str(getattr(place, "code", place) or ""),
        opens_at=moment(opens_at),
        free_until=moment(free_until),
        round_seconds=round_seconds,
        start_cents=start_cents,
        step_cents=step_cents if kind == auctions.TIMED else 0,
    )
    auctions.check(keeping.terms_of(auction, {}))
    with transaction.atomic():
        auction.number = next_number("JJ")
        auction.save()
        _record("open", auction, by, title=title)
    return auction


def hold_reserve_key(auction: Auction, *, by) -> str:
    """Make one of the two keys of the reserve for the signed-in `by`, and return it: it is shown once, kept nowhere."""
    with transaction.atomic():
        auction = keeping.locked(auction)
        _in(auction, State.DRAFT)
        if auction.reserve or (auction.reserve_keys.exclude(holder=by).count() >= 2):
            raise Conflict(_("Both keys of this reserve have been given out."))
        key = secret.new()
        ReserveKey.objects.update_or_create(auction=auction, holder=by, defaults={"public": secret.public(key)})
        _record("hold_key", auction, by, title=auction.title)
    return key


def seal_reserve(auction: Auction, cents: int, *, by: object) -> Auction:
    """Encrypt the reserve to the two holders; its digest becomes part of the terms. The amount is kept nowhere else."""
    with transaction.atomic():
        auction = keeping.locked(auction)
        _in(auction, State.DRAFT)
        keys = list(auction.reserve_keys.order_by("pk"))
        if auction.reserve or len(keys) != 2:
            raise Conflict(_("A reserve is sealed once, when two people have each taken a key."))
        if not auction.start_cents <= cents < auctions.LARGEST:
            raise Invalid(_("A reserve below the lowest amount has no effect. Please check it."), field="reserve")
        salt = secrets.token_hex(16)
        auction.reserve_box, shares = secret.seal(cents, salt, (bytes(keys[0].public), bytes(keys[1].public)))
        auction.reserve = auctions.reserve_digest(auction.number, cents, salt)
        auction.save()
        for key, share in zip(keys, shares, strict=True):
            key.sealed_share = share
            key.save()
        _record("seal_reserve", auction, by, digest=auction.reserve)
    return auction


def announce(auction: Auction, *, by: object) -> Auction:
    """Publish the terms; from now on they stand. Their digest is in the trail before anybody bids."""
    with transaction.atomic():
        auction = keeping.locked(auction)
        _in(auction, State.DRAFT)
        reading = timing.read()
        if reading.wall >= auction.opens_at:
            raise Conflict(_("Bidding would have begun already. Please set a later beginning."))
        if not auction.reserve and auction.reserve_keys.exists():
            raise Conflict(_("Keys of a reserve were taken, but no reserve was sealed."))
        terms = keeping.terms_of(auction, {})
        begin = auctions.begin(terms)
        auction.state = State.ANNOUNCED
        auction.ends_free_at, auction.closes_at = begin.free_until, begin.closes_at
        timing.note(auction, reading)
        auction.save()
        _record("announce", auction, by, digest=begin.link.hex(), terms=hashing.plain(terms.plain()))
    return auction


def admit(auction: Auction, *, label: str, party_key: str, priority: int = 0, by: object) -> tuple[Paddle, str]:
    """Give a paddle to a bidder whose deposit is confirmed, before bidding begins: (paddle, its secret, shown once).

    `priority`: 0 none, 1 the first in order. `party_key` is the area's word for the bidder; one paddle each.
    """
    with transaction.atomic():
        auction = keeping.locked(auction)
        _before_the_beginning(auction)
        taken = set(auction.paddles.values_list("number", flat=True))
        if auction.paddles.filter(party_key=party_key).exists():
            raise Conflict(_("This bidder has a paddle already."))
        if len(taken) >= 5000:
            raise Conflict(_("There are no more paddles."))
        while (number := 1000 + secrets.randbelow(9000)) in taken:
            pass
        key = secret.new()
        paddle = Paddle.objects.create(
            auction=auction, number=number, label=label, party_key=party_key, priority=priority, confirmed=True,
            secret_digest=secret.digest(key), admitted_at=timing.read().wall,
        )  # fmt: skip
        _record("admit", auction, by, paddle=number, priority=priority)
    return paddle, key


def bar(paddle: Paddle, reason: str, *, by: object) -> Paddle:
    """Take back an admission before bidding begins, as when the deposit turns out to be another's."""
    if not reason.strip():
        raise Invalid(_("Please say why."), field="reason")
    with transaction.atomic():
        auction = keeping.locked(paddle.auction)
        _before_the_beginning(auction)
        if not Paddle.objects.filter(pk=paddle.pk, confirmed=True).update(confirmed=False):
            raise Conflict(_("This paddle has been barred already."))
        paddle.confirmed = False
        _record("bar", auction, by, paddle=paddle.number, reason=reason)
    return paddle


# Bidding


def bid(paddle: Paddle, cents: int, *, token: str, by: object) -> Entry:
    """Bid in a timed auction. `token` is the page's: the same one twice is the same bid, whatever happened between."""
    return _take(paddle, auctions.BID, by=by, cents=cents, token=token)


def seal(paddle: Paddle, digest: str, *, token: str, by: object) -> Entry:
    """Hand in the digest of one's only bid (`auctions.seal_digest`)."""
    return _take(paddle, auctions.SEAL, by=by, text=digest, token=token)


def reveal(paddle: Paddle, cents: int, salt: str, *, token: str, by: object) -> Entry:
    """Show amount and salt of the bid that was handed in."""
    return _take(paddle, auctions.REVEAL, by=by, cents=cents, text=salt, token=token)


def _take(paddle: Paddle, kind: str, *, by: object, token: str, cents: int = 0, text: str = "") -> Entry:
    with transaction.atomic():
        auction = keeping.locked(paddle.auction)
        before = Entry.objects.filter(paddle=paddle, token=token).first() if token else None
        if before and (before.kind, before.cents, before.text) == (kind, cents, text):
            return before
        if before:
            raise Conflict(_("This page has been used already. Please load it again."))
        if auction.state not in (State.ANNOUNCED, State.SUSPENDED):
            raise Conflict(_("There is no bidding in this auction now."))
        reading = timing.read()
        _clock_is_right(auction, reading)
        return keeping.write(auction, kind, reading, by=by, paddle=paddle, cents=cents, text=text, token=token)[0]


# Running and ending


def suspend(auction: Auction, reason: str, *, by: object) -> Auction:
    """Let bidding stand still, for a reason everybody reads. The time lost is added when it goes on."""
    with transaction.atomic():
        auction = keeping.locked(auction)
        _in(auction, State.ANNOUNCED)
        reading = timing.read()
        _clock_is_right(auction, reading)
        auction.state = State.SUSPENDED
        keeping.write(auction, auctions.PAUSE, reading, by=by, text=reason)
    return auction


def resume(auction: Auction, *, by: object) -> Auction:
    """Let bidding go on. Whoever does it vouches for the clock; earlier than the last entry it may still not be."""
    with transaction.atomic():
        auction = keeping.locked(auction)
        _in(auction, State.SUSPENDED)
        auction.state = State.ANNOUNCED
        keeping.write(auction, auctions.RESUME, timing.read(), by=by)
    return auction


def close(auction: Auction, *, by: object) -> Auction:
    """End an auction whose time is over: with its outcome, or waiting for the two keys of its reserve."""
    with transaction.atomic():
        auction = keeping.locked(auction)
        _in(auction, State.ANNOUNCED)
        reading = timing.read()
        _clock_is_right(auction, reading)
        return _close(auction, reading.wall, by)


def open_reserve(auction: Auction, key: str, *, by) -> Auction:
    """Turn one of the two keys, by its holder, after the end. The second opens the reserve and decides the auction."""
    with transaction.atomic():
        auction = keeping.locked(auction)
        _in(auction, State.WAITING)
        mine = auction.reserve_keys.filter(holder=by).first()
        if mine is None:
            raise NotAllowed(_("You do not hold a key of this reserve."))
        if mine.share:
            raise Conflict(_("You have turned your key already; the other holder's is needed."))
        share = secret.open_share(key, bytes(mine.sealed_share))
        if share is None:
            raise Invalid(
                _("This is not the key that was given to you. Please check it letter by letter."), field="key"
            )
        mine.share = share
        mine.save()
        _record("turn_key", auction, by)
        shares = [bytes(k.share) for k in auction.reserve_keys.order_by("pk")]
        if all(shares):
            cents, salt = secret.open_reserve(bytes(auction.reserve_box), shares)
            reading = timing.read()
            _entry, after = keeping.write(auction, auctions.RESERVE, reading, by=by, cents=cents, text=salt)
            _end(auction, auctions.outcome(keeping.terms_of(auction), after), reading.wall, by)
    return auction


def cancel(auction: Auction, reason: str, *, by: object) -> Auction:
    """Terminate (终止) an auction that has not ended, for a reason everybody reads."""
    if not reason.strip():
        raise Invalid(_("Please say why."), field="reason")
    with transaction.atomic():
        auction = keeping.locked(auction)
        _in(auction, State.DRAFT, State.ANNOUNCED, State.SUSPENDED, State.WAITING)
        auction.state, auction.ended_at = State.CANCELLED, timing.read().wall
        auction.outcome = {"state": State.CANCELLED.value, "reason": reason}
        auction.save()
        _record("cancel", auction, by, reason=reason)
        closing.tell(auction)
    return auction


def watching() -> int:
    """Close what is over, suspend what lost its clock, and keep the reading of both clocks fresh; how many ended.

    The worker does it every second. Bids are refused after the end and on a wrong clock also without it.
    """
    ended = 0
    for auction in Auction.objects.filter(state=State.ANNOUNCED):
        reading = timing.read()
        stale = auction.seen_at is None or abs(reading.wall - auction.seen_at) > LOOK_AGAIN
        if stale or timing.jumped(auction, reading) or reading.wall >= auction.closes_at:
            ended += _look_after(auction)
    return ended


def _look_after(auction: Auction) -> bool:
    with transaction.atomic():
        auction = keeping.locked(auction)
        if auction.state != State.ANNOUNCED:
            return False
        reading = timing.read()
        wrong = timing.jumped(auction, reading)
        right = (timing.expected(auction, reading) or auction.last_at or reading.wall) if wrong else reading.wall
        if auction.last_at and right < auction.last_at:
            right = auction.last_at
        if right >= auction.closes_at:
            _close(auction, right, SYSTEM)
        elif wrong and right >= auction.opens_at:
            auction.state = State.SUSPENDED
            believed = timing.Reading(right, reading.steady, reading.boot)
            keeping.write(auction, auctions.PAUSE, believed, by=SYSTEM, text=CLOCK)
        else:
            timing.note(auction, reading)
            auction.save()
        return auction.state in (State.ENDED, State.WAITING)


def _close(auction: Auction, at: datetime, by: object) -> Auction:
    terms = keeping.terms_of(auction)
    standing = auctions.replay(terms, map(keeping.plain, keeping.entries_of(auction)))
    if not auctions.over(standing, at):
        raise Conflict(_("Bidding is still open."))
    _record("close", auction, by, entries=standing.serial, digest=standing.link.hex())
    _end(auction, auctions.outcome(terms, standing), at, by)
    return auction


def _end(auction: Auction, outcome: auctions.Outcome, at: datetime, by: object) -> None:
    waiting = outcome.state == auctions.WAITING
    auction.state = State.WAITING if waiting else State.ENDED
    auction.ended_at = None if waiting else at
    auction.outcome = None if waiting else hashing.plain(asdict(outcome))
    auction.save()
    if not waiting:
        closing.tell(auction)


def _clock_is_right(auction: Auction, reading: timing.Reading) -> None:
    if timing.jumped(auction, reading):
        raise Conflict(_("The clock of the server was set. Bidding waits until somebody has looked at it."))


def _before_the_beginning(auction: Auction) -> None:
    _in(auction, State.DRAFT, State.ANNOUNCED)
    if timing.read().wall >= auction.opens_at:
        raise Conflict(_("Bidding has begun; who takes part stands."))


def _in(auction: Auction, *states: str) -> None:
    if auction.state not in states:
        raise Conflict(
            _("The auction is in the state “%(state)s”, so this cannot be done.")
            % {"state": auction.get_state_display()}
        )


def _record(verb: str, auction: Auction, by: object, **data: object) -> None:
    record(f"auctions.{verb}", auction, by=by, data=data, place=auction.place)
