"""The one clock of an auction: the server's, which may be set by somebody or jump by itself.

Every entry is timed by the wall clock, read when it is its turn. Beside it the auction keeps a reading of the steady
clock (which nobody can set) taken together with a wall reading. When the two have not gone on alike, the wall clock was
set; then no bid is taken and nothing is closed until somebody has looked (`services.watching`). After a restart of the
machine there is nothing to compare with; then only going backwards is noticed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from huilian.foundation import now as clock

from .models import Auction

TOLERANCE = 2.0  # seconds; a time service moves a clock by less at once
DRIFT = 0.001  # and by half of this part of the time that passes (adjtimex(2): 500 parts in a million)


@dataclass(frozen=True, slots=True)
class Reading:
    wall: datetime
    steady: float
    boot: str


def read() -> Reading:
    return Reading(clock.now(), clock.steady(), "frozen" if clock.is_frozen() else _boot())


@cache
def _boot() -> str:
    """Which start of the machine this is; empty where the system does not say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def expected(auction: Auction, reading: Reading) -> datetime | None:
    """What the wall clock should show by the steady one; None when there is nothing to compare with."""
    if auction.seen_at is None or auction.seen_boot != reading.boot:
        return None
    return auction.seen_at + timedelta(seconds=reading.steady - auction.seen_steady)


def jumped(auction: Auction, reading: Reading) -> bool:
    """Whether the wall clock was set since the auction was last seen, or shows less than the last entry."""
    due = expected(auction, reading)
    passed = reading.steady - auction.seen_steady
    if due is not None and abs((reading.wall - due).total_seconds()) > TOLERANCE + DRIFT * passed:
        return True
    return auction.last_at is not None and reading.wall < auction.last_at


def note(auction: Auction, reading: Reading) -> None:
    auction.seen_at, auction.seen_steady, auction.seen_boot = reading.wall, reading.steady, reading.boot
