"""Auctions: which bid is taken, when bidding ends, who wins. Pure: time and entries come in, a standing goes out.

Two kinds. `timed` (网络竞价): a free period, then rounds of `round_seconds`; every bid in the last round starts it
again, and bidding ends when a round passes in silence. A bid is the lowest amount or whole steps above it, and above
the highest; who holds a priority may also match the highest price of one who comes after him. `sealed` (一次性密封
报价): until `free_until` each paddle hands in one digest, then for `round_seconds` amounts are shown and must fit it.

Equal prices: the priority that comes first, then the earlier bid, then the lower serial (the order of 法释〔2016〕18号
Art. 21; 民法典 §726, §734 for tenants, 农村土地承包法 §38 for members). A reserve is a digest in the terms and opens
after the end; below it nobody wins. A moment equal to an end is too late.

All that happens is a list of entries in a hash chain that begins with the terms, so that anybody who has the list can
judge again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from .errors import Conflict, Invalid, NotAllowed, Refused
from .hashing import canonical, chain, digest
from .money import LARGEST
from .money import text as money
from .wording import Wording, _

TIMED, SEALED = "timed", "sealed"
BID, SEAL, REVEAL, PAUSE, RESUME, RESERVE = "bid", "seal", "reveal", "pause", "resume", "reserve"
WAITING, WON, FAILED = "waiting", "won", "failed"  # waiting: bidding is over, the reserve has not been opened
RECORD = "huilian auction record 1"


@dataclass(frozen=True, slots=True)
class Terms:
    """What was announced. `paddles`: number -> priority, 0 none, 1 the first in order. `reserve`: digest, or empty.

    A sealed auction has the end of handing in as `free_until`, the time for showing amounts as `round_seconds` and no
    step.
    """

    number: str
    kind: str
    opens_at: datetime
    free_until: datetime
    round_seconds: int
    start_cents: int
    step_cents: int
    reserve: str = ""
    paddles: Mapping[int, int] = field(default_factory=dict)

    @property
    def round(self) -> timedelta:
        return timedelta(seconds=self.round_seconds)

    def plain(self) -> dict[str, object]:
        return {
            "number": self.number,
            "kind": self.kind,
            "opens_at": self.opens_at,
            "free_until": self.free_until,
            "round_seconds": self.round_seconds,
            "start_cents": self.start_cents,
            "step_cents": self.step_cents,
            "reserve": self.reserve,
            "paddles": sorted([number, priority] for number, priority in self.paddles.items()),
        }

    def rank(self, paddle: int) -> int:
        """Where a paddle stands among equals: 1, 2, … for priorities, after them all others."""
        return self.paddles[paddle] or LARGEST


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `text`: digest of a seal, salt of what is shown, reason of a pause."""

    serial: int
    kind: str
    at: datetime
    paddle: int = 0
    cents: int = 0
    text: str = ""

    def plain(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("serial", "kind", "at", "paddle", "cents", "text")}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an auction stands after some entries. `best` of a sealed one has the serial and moment of its seal."""

    serial: int
    at: datetime
    free_until: datetime
    closes_at: datetime
    link: bytes
    best: Entry | None = None
    paused_at: datetime | None = None
    reserve_cents: int | None = None
    seals: Mapping[int, Entry] = field(default_factory=dict)
    shown: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`reason` of a failure: "no_bid" or "reserve". `serial` is that of the winning bid, or of its seal."""

    state: str
    closed_at: datetime
    reason: str = ""
    paddle: int = 0
    cents: int = 0
    serial: int = 0


def check(terms: Terms) -> None:
    """Raises Invalid when these terms cannot be held."""
    if terms.kind not in (TIMED, SEALED):
        raise Invalid(_("An auction is timed or sealed."), field="kind")
    if not terms.opens_at < terms.free_until:
        raise Invalid(_("The free period ends before it begins. Please look at both moments."), field="free_until")
    if not 30 <= terms.round_seconds <= 7 * 86400:
        raise Invalid(_("A round lasts from 30 seconds to 7 days."), field="round_seconds")
    if not 0 <= terms.start_cents < LARGEST:
        raise Invalid(_("The lowest amount cannot be right. Please check it."), field="start_cents")
    if terms.kind == TIMED and not 0 < terms.step_cents < LARGEST:
        raise Invalid(_("A step is more than nothing. Please give one."), field="step_cents")


def begin(terms: Terms) -> Standing:
    return Standing(
        0, terms.opens_at, terms.free_until, terms.free_until + terms.round, digest(canonical(terms.plain()))
    )


def next_cents(terms: Terms, best: Entry | None, rank: int | None = None) -> int:
    """The lowest amount that a timed auction takes now, from a paddle of this rank or from anybody."""
    if best is None:
        return terms.start_cents
    return best.cents if rank is not None and rank < terms.rank(best.paddle) else best.cents + terms.step_cents


def seal_digest(number: str, paddle: int, cents: int, salt: str) -> str:
    """What a bidder hands in before he shows amount and salt."""
    return hashlib.sha256(f"huilian sealed bid 1\n{number}\n{paddle}\n{cents}\n{salt}\n".encode()).hexdigest()


def reserve_digest(number: str, cents: int, salt: str) -> str:
    """What is published of a reserve before bidding."""
    return hashlib.sha256(f"huilian reserve 1\n{number}\n{cents}\n{salt}\n".encode()).hexdigest()


def take(terms: Terms, now: Standing, entry: Entry) -> Standing:
    """The standing after `entry`. Raises Refused with the reason when it may not be taken; nothing else decides."""
    if entry.serial != now.serial + 1:
        raise Conflict(_("Entry %(serial)s does not follow entry %(last)s.", serial=entry.serial, last=now.serial))
    if entry.at < now.at:
        raise Conflict(_("The clock shows an earlier time than the last entry. Bidding waits until it is right."))
    after = _DEEDS[entry.kind](terms, now, entry) if entry.kind in _DEEDS else _unknown(entry)
    return replace(after, serial=entry.serial, at=entry.at, link=chain(now.link, canonical(entry.plain())))


def _unknown(entry: Entry) -> Standing:
    raise Invalid(_("Nobody knows an entry of kind “%(kind)s”.", kind=entry.kind))


def _running(terms: Terms, now: Standing, at: datetime) -> None:
    if now.paused_at is not None:
        raise Conflict(_("Bidding is suspended. It goes on when the page says so."))
    if at < terms.opens_at:
        raise Conflict(_("Bidding has not begun yet. Please wait for the beginning."))
    if at >= now.closes_at:
        raise Conflict(_("Bidding has ended; this came too late."))


def _known(terms: Terms, entry: Entry) -> None:
    if entry.paddle not in terms.paddles:
        raise NotAllowed(_("This paddle is not admitted: its deposit has not been confirmed."))


def _bid(terms: Terms, now: Standing, entry: Entry) -> Standing:
    _of(terms, TIMED)
    _running(terms, now, entry.at)
    _known(terms, entry)
    least = next_cents(terms, now.best, terms.rank(entry.paddle))
    if entry.cents < least:
        raise Conflict(_("The lowest bid is now %(amount)s yuan. Please look and bid again.", amount=money(least)),
                       field="cents")  # fmt: skip
    _amount(entry.cents)
    if (entry.cents - terms.start_cents) % terms.step_cents:
        raise Invalid(_("A bid rises in whole steps of %(step)s yuan.", step=money(terms.step_cents)), field="cents")
    return replace(now, best=entry, closes_at=max(now.closes_at, entry.at + terms.round))


def _seal(terms: Terms, now: Standing, entry: Entry) -> Standing:
    _of(terms, SEALED)
    _running(terms, now, entry.at)
    _known(terms, entry)
    if entry.at >= now.free_until:
        raise Conflict(_("The time for handing in bids is over; this came too late."))
    if entry.paddle in now.seals:
        raise Conflict(_("A bid is handed in once. This paddle has done so already."))
    if len(entry.text) != 64 or set(entry.text) - set("0123456789abcdef"):
        raise Invalid(_("A sealed bid is the SHA-256 of amount and salt, 64 characters."), field="text")
    return replace(now, seals={**now.seals, entry.paddle: entry})


def _reveal(terms: Terms, now: Standing, entry: Entry) -> Standing:
    _of(terms, SEALED)
    _running(terms, now, entry.at)
    _known(terms, entry)
    sealed = now.seals.get(entry.paddle)
    if entry.at < now.free_until:
        raise Conflict(_("Amounts are shown when the time for handing in is over. Please wait."))
    if sealed is None:
        raise NotAllowed(_("This paddle has not handed in a bid."))
    if entry.paddle in now.shown:
        raise Conflict(_("This bid has been shown already."))
    if seal_digest(terms.number, entry.paddle, entry.cents, entry.text) != sealed.text:
        raise Invalid(_("Amount and salt do not fit what was handed in. Please check both."), field="cents")
    now = replace(now, shown=now.shown | {entry.paddle})
    if entry.cents < terms.start_cents:
        return now  # shown, and worth nothing: nobody could know before
    _amount(entry.cents)
    offer = replace(sealed, cents=entry.cents)
    return now if now.best is not None and _order(terms, now.best) < _order(terms, offer) else replace(now, best=offer)


def _pause(terms: Terms, now: Standing, entry: Entry) -> Standing:
    _running(terms, now, entry.at)
    if not entry.text.strip():
        raise Invalid(_("Please say why bidding is suspended; everybody will read it."), field="reason")
    return replace(now, paused_at=entry.at)


def _resume(terms: Terms, now: Standing, entry: Entry) -> Standing:
    """Time that stood still is added; everybody has at least a round to come back."""
    if now.paused_at is None:
        raise Conflict(_("Bidding is not suspended."))
    lost = entry.at - now.paused_at
    return replace(
        now,
        paused_at=None,
        free_until=now.free_until + lost if now.paused_at < now.free_until else now.free_until,
        closes_at=max(now.closes_at + lost, entry.at + terms.round),
    )


def _reserve(terms: Terms, now: Standing, entry: Entry) -> Standing:
    if not over(now, entry.at):
        raise Conflict(_("The reserve is opened after the end of bidding."))
    if not terms.reserve or now.reserve_cents is not None:
        raise Conflict(_("There is no reserve to open."))
    if reserve_digest(terms.number, entry.cents, entry.text) != terms.reserve:
        raise Invalid(_("This is not the reserve that was sealed."))
    return replace(now, reserve_cents=entry.cents)


def _of(terms: Terms, kind: str) -> None:
    if terms.kind != kind:
        raise Invalid(_("This auction takes no such bids."))


def _amount(cents: int) -> None:
    if cents >= LARGEST:
        raise Invalid(_("The amount is too large. Please check the zeros."), field="cents")


def _order(terms: Terms, offer: Entry) -> tuple[int, int, datetime, int]:
    return -offer.cents, terms.rank(offer.paddle), offer.at, offer.serial


_DEEDS = {BID: _bid, SEAL: _seal, REVEAL: _reveal, PAUSE: _pause, RESUME: _resume, RESERVE: _reserve}


def over(now: Standing, at: datetime) -> bool:
    """Whether bidding has ended at `at`, given that nothing more has happened. A suspended one goes on."""
    return now.paused_at is None and at >= now.closes_at


def outcome(terms: Terms, now: Standing) -> Outcome:
    """The result of an auction that is over."""
    if now.best is None:
        return Outcome(FAILED, now.closes_at, "no_bid")
    if terms.reserve and now.reserve_cents is None:
        return Outcome(WAITING, now.closes_at)
    if now.reserve_cents is not None and now.best.cents < now.reserve_cents:
        return Outcome(FAILED, now.closes_at, "reserve")
    return Outcome(WON, now.closes_at, "", now.best.paddle, now.best.cents, now.best.serial)


def replay(terms: Terms, entries: Iterable[Entry]) -> Standing:
    """The standing after all entries, each taken by the rules. Raises Refused at the first that may not be."""
    check(terms)
    now = begin(terms)
    for entry in entries:
        now = take(terms, now, entry)
    return now


def judge(record: Mapping[str, Any]) -> Outcome:
    """The outcome of a signed record's content, recomputed. Raises Refused when an entry breaks a rule or the chain."""
    try:
        terms, rows = _terms(record["terms"]), [_entry(row) for row in record["entries"]]
    except (KeyError, TypeError, ValueError) as fault:
        raise Invalid(_("This is not a record of an auction: %(fault)s", fault=fault)) from None
    check(terms)
    now = begin(terms)
    for entry, link in rows:
        try:
            now = take(terms, now, entry)
        except Refused as refused:
            raise Invalid(_("Entry %(serial)s: %(why)s", serial=entry.serial, why=refused)) from None
        if now.link.hex() != link:
            raise Invalid(_("Entry %(serial)s: %(why)s", serial=entry.serial, why=_BROKEN))
    return outcome(terms, now)


_BROKEN: Wording = _("the hash chain is broken here; something was changed.")


def _terms(given: Mapping[str, Any]) -> Terms:
    values = dict(given)
    for name in ("opens_at", "free_until"):
        values[name] = datetime.fromisoformat(values[name])
    values["paddles"] = {int(number): int(priority) for number, priority in values["paddles"]}
    return Terms(**values)


def _entry(given: Mapping[str, Any]) -> tuple[Entry, str]:
    values = dict(given)
    link = values.pop("digest")
    values.pop("event", None)
    values["at"] = datetime.fromisoformat(values["at"])
    return Entry(**values), link
