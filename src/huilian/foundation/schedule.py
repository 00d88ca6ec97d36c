"""Timetables: which functions run by the clock, and when.

The worker (engine.jobs) finds such functions in each app's `schedule.py`. They stand in the foundation so that parts
below the jobs (the trail) can have a timetable too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from threading import Event
from typing import TypeVar

from .now import CHINA

Function = TypeVar("Function", bound=Callable[[], object])
Resident = TypeVar("Resident", bound=Callable[[Event], object])


@dataclass(frozen=True)
class Timetable:
    """Every `seconds`, or once a day `at` a wall-clock time of China (which has no summer time)."""

    seconds: float | None = None
    at: time | None = None

    def next_after(self, moment: datetime) -> datetime:
        """The first tick later than `moment` (aware). Ticks missed while no worker ran are made up for by one."""
        if self.at is None:
            return moment + timedelta(seconds=self.seconds or 0)
        here = moment.astimezone(CHINA)
        tick = datetime.combine(here.date(), self.at, CHINA)
        return tick if tick > here else tick + timedelta(days=1)


def every(*, seconds: float | None = None, daily_at: str | None = None) -> Callable[[Function], Function]:
    """Declare a function without arguments as scheduled work: `@every(seconds=60)` or `@every(daily_at="00:05")`.

    Under a minute it runs inside the worker's clock thread and must be short; otherwise each tick becomes a job.
    """
    if (seconds is None) == (daily_at is None) or (seconds is not None and seconds <= 0):
        raise ValueError("every() takes either seconds > 0 or daily_at")
    timetable = Timetable(seconds=seconds, at=time.fromisoformat(daily_at) if daily_at else None)

    def declare(function: Function) -> Function:
        function.timetable = timetable  # type: ignore[attr-defined]
        return function

    return declare


def resident(function: Resident) -> Resident:
    """Declare `function(stop)` as work that never ends: the worker gives it a thread of its own, and sets `stop` (a
    threading.Event) when it wants it back."""
    function.resident = True  # type: ignore[attr-defined]
    return function


def daily(*, at: str) -> Callable[[Function], Function]:
    """Declare a function as work of every day at `at`, "HH:MM" in China time."""
    return every(daily_at=at)
