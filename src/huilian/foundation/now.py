"""The one clock on the wall. Everything asks here, so tests and the demonstration can stand still or go back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")  # One legal time for the whole country.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # The former goes on while the machine sleeps.
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, aware, in China time."""
    return _frozen.get() or datetime.now(CHINA)


def today() -> date:
    """The present day in China."""
    return now().date()


def is_frozen() -> bool:
    return _frozen.get() is not None


def moment(value: datetime) -> datetime:
    """`value` in China time; a naive one is taken as China time."""
    return value.replace(tzinfo=CHINA) if value.tzinfo is None else value.astimezone(CHINA)


def steady() -> float:
    """Seconds on a clock that nobody can set; it counts from the start of the machine and is the same for all its
    processes. Held against `now()` it tells whether the wall clock was set. Stands with a frozen clock."""
    frozen_at = _frozen.get()
    return frozen_at.timestamp() if frozen_at else time.clock_gettime(_STEADY)


@contextmanager
def frozen(value: datetime) -> Iterator[datetime]:
    """Let the clock stand at `value` inside the block."""
    token = _frozen.set(moment(value))
    try:
        yield moment(value)
    finally:
        _frozen.reset(token)
