"""Between rows and rules: an auction's row as terms and standing, and the writing of one entry."""

from collections.abc import Mapping

from huilian.engine.trail.services import record
from huilian.foundation import auctions

from . import timing
from .models import Auction, Entry, Paddle


def locked(auction: Auction) -> Auction:
    """The auction's row, held until the transaction ends: whoever bids, pauses or closes takes turns here."""
    # The highest bid is read after the lock: PostgreSQL joins it as it was before the wait, and then finds none.
    return Auction.objects.select_for_update(of=("self",)).get(pk=auction.pk)


def terms_of(auction: Auction, paddles: Mapping[int, int] | None = None) -> auctions.Terms:
    """The terms with all confirmed paddles; give `paddles` where only some matter, as for one bid."""
    if paddles is None:
        paddles = dict(auction.paddles.filter(confirmed=True).values_list("number", "priority"))
    return auctions.Terms(
        auction.number,
        auction.kind,
        auction.opens_at,
        auction.free_until,
        auction.round_seconds,
        auction.start_cents,
        auction.step_cents,
        auction.reserve,
        paddles,
    )


def plain(entry: Entry) -> auctions.Entry:
    number = entry.paddle.number if entry.paddle_id else 0
    return auctions.Entry(entry.serial, entry.kind, entry.at, number, entry.cents, entry.text)


def entries_of(auction: Auction) -> list[Entry]:
    return list(auction.entries.select_related("paddle").order_by("serial"))


def standing_of(auction: Auction, terms: auctions.Terms) -> auctions.Standing:
    """Timed: from the row alone, once there is an entry. Sealed and at the beginning: judged again from all entries.

    The row does not keep an opened reserve; whoever opens it ends the auction in the same breath.
    """
    if auction.kind == auctions.SEALED or not auction.serial:
        return auctions.replay(terms, map(plain, entries_of(auction)))
    return auctions.Standing(
        auction.serial,
        auction.last_at,
        auction.ends_free_at,
        auction.closes_at,
        bytes(auction.link),
        plain(auction.best) if auction.best_id else None,
        auction.paused_at,
    )


def write(
    auction: Auction,
    kind: str,
    reading: timing.Reading,
    *,
    by: object,
    paddle: Paddle | None = None,
    cents: int = 0,
    text: str = "",
    token: str = "",
) -> tuple[Entry, auctions.Standing]:
    """Take one more entry of a locked auction by the rules, chain it, record it. Raises Refused; then nothing is
    written."""
    some = None
    if auction.serial and auction.kind == auctions.TIMED:
        two = [paddle and paddle.pk, auction.best_id and auction.best.paddle_id]
        some = dict(auction.paddles.filter(confirmed=True, pk__in=two).values_list("number", "priority"))
    terms = terms_of(auction, some)
    before_it = standing_of(auction, terms)
    new = auctions.Entry(before_it.serial + 1, kind, reading.wall, paddle.number if paddle else 0, cents, text)
    after = auctions.take(terms, before_it, new)
    told = {"serial": new.serial, "digest": after.link.hex(), "cents": cents, "paddle": new.paddle or None}
    if kind == auctions.PAUSE:
        told["reason"] = text
    event = record(
        f"auctions.{kind}", auction, by=by, data={k: v for k, v in told.items() if v is not None}, at=new.at,
        place=auction.place,
    )  # fmt: skip
    entry = Entry.objects.create(
        auction=auction, serial=new.serial, kind=kind, at=new.at, paddle=paddle, cents=cents, text=text, token=token,
        digest=after.link, event_id=event.pk,
    )  # fmt: skip
    auction.serial, auction.last_at, auction.link = after.serial, after.at, after.link
    auction.ends_free_at, auction.closes_at, auction.paused_at = after.free_until, after.closes_at, after.paused_at
    if after.best != before_it.best:
        auction.best = entry
    timing.note(auction, reading)
    auction.save()
    return entry, after
