"""Reading auctions: where one stands, what has happened since entry n, the record anybody can judge again."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from huilian.engine.trail import keys
from huilian.engine.trail.models import Event
from huilian.engine.trail.queries import checkpoint, inclusion_proof
from huilian.foundation import auctions, hashing
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from . import keeping, secret
from .models import Auction, Entry, Paddle

State = Auction.State
BEFORE, FREE, ROUND, SHOWING, OVER = "before", "free", "round", "showing", "over"
MOST = 200  # entries in one piece of the feed


def by_number(number: str) -> Auction | None:
    return Auction.objects.select_related("best__paddle").filter(number=number).first()


def paddle_of(auction: Auction, key: str) -> Paddle | None:
    """The paddle whose secret this is."""
    return auction.paddles.filter(secret_digest=secret.digest(key), confirmed=True).first()


def phase(auction: Auction, at: datetime | None = None) -> str:
    """What a screen shows: draft, before, free, round, showing, over, or the state that has stopped it."""
    if auction.state != State.ANNOUNCED:
        return auction.state
    at = at or now()
    if at < auction.opens_at:
        return BEFORE
    if at < auction.ends_free_at:
        return FREE
    if at < auction.closes_at:
        return ROUND if auction.kind == auctions.TIMED else SHOWING
    return OVER  # its time is over; the worker writes the outcome within a second


def state_of(auction: Auction, after: int = 0) -> dict[str, object]:
    """The feed: the standing, and entries with a serial above `after` (at most MOST; `more` says there are others).

    The same for everybody, and nothing in it that a bidder should not know: numbers of paddles, no names; of a sealed
    auction nothing at all while bids are handed in. Moments are milliseconds since 1970, by the server's clock.
    """
    at = now()
    stage = phase(auction, at)
    hidden = auction.kind == auctions.SEALED and stage in (BEFORE, FREE)
    entries = [] if hidden else list(_entries(auction, after)[: MOST + 1])
    best = auction.best
    return {
        "number": auction.number,
        "kind": auction.kind,
        "phase": stage,
        "now": _ms(at),
        "opens_at": _ms(auction.opens_at),
        "free_until": _ms(auction.ends_free_at or auction.free_until),
        "closes_at": _ms(auction.closes_at) if auction.closes_at else 0,
        "serial": 0 if hidden else auction.serial,
        "start": auction.start_cents,
        "step": auction.step_cents,
        "best": {"paddle": best.paddle.number, "priority": best.paddle.priority, "cents": best.cents,
                 "serial": best.serial} if best else None,
        "entries": [
            {"serial": e.serial, "kind": e.kind, "at": _ms(e.at), "cents": e.cents,
             "paddle": e.paddle.number if e.paddle_id else 0,
             "text": e.text if e.kind == auctions.PAUSE else ""}
            for e in entries[:MOST]
        ],
        "more": len(entries) > MOST,
        "outcome": auction.outcome,
    }  # fmt: skip


def record_of(auction: Auction) -> dict[str, object]:
    """The signed record of an auction that has ended: `record` (terms, entries, outcome, their events in the trail with
    proofs) and `note`, signed by the key of the trail, over the digest of `record`.

    Raises Conflict before the end, and while the last entries have not been sealed yet (a second).
    """
    if auction.state != State.ENDED:
        raise Conflict(_("The record is there when the auction has ended."))
    rows = keeping.entries_of(auction)
    events = Event.objects.in_bulk([row.event_id for row in rows])
    signed = checkpoint()
    size = int(signed.split("\n")[1])
    try:
        proofs = [inclusion_proof(events[row.event_id], size) for row in rows]
    except Invalid as fault:
        raise Conflict(str(fault)) from None
    record = {
        "format": auctions.RECORD,
        "title": auction.title,
        "terms": keeping.terms_of(auction).plain(),
        "entries": [
            {**keeping.plain(row).plain(), "digest": bytes(row.digest).hex(),
             "event": _event(events[row.event_id], proof)}
            for row, proof in zip(rows, proofs, strict=True)
        ],
        "outcome": auction.outcome,
        "checkpoint": signed,
    }  # fmt: skip
    plain = hashing.plain(record)
    lines = (auctions.RECORD, auction.number, hashlib.sha256(hashing.dump(plain)).hexdigest())
    return {"record": plain, "note": keys.signed_text("\n".join(lines) + "\n")}


def proof_of(entry: Entry) -> dict[str, object]:
    """Proof that an entry's event is in the public log. Raises Invalid in the second before it is sealed."""
    return inclusion_proof(Event.objects.get(pk=entry.event_id))


def _event(event: Event, proof: Mapping[str, object]) -> dict[str, object]:
    """All that is hashed of an event, so that a reader can recompute the entry of the log."""
    return {
        "at": event.at,
        "verb": event.verb,
        "subject": [event.subject_kind, event.subject_id],
        "actor": [event.actor_kind, event.actor_id, event.actor_label],
        "place": event.place,
        "data": event.data,
        "salt": bytes(event.salt).hex(),
        "algorithm": event.algorithm,
        **{name: proof[name] for name in ("index", "size", "proof", "root")},
    }


def _entries(auction: Auction, after: int):
    return auction.entries.filter(serial__gt=after).select_related("paddle").order_by("serial")


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
