"""Lets many things go on side by side: each script acts, says when it goes on, and waits; acts come in order of time.

While a script acts, `now()` stands at its moment, so numbers, clocks, trail and histories are those of that moment.
"""

import heapq
from collections.abc import Callable, Generator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from django.db import transaction

from huilian.engine.calendar.queries import calendar_for
from huilian.foundation.now import CHINA, frozen

Script = Generator[datetime, None, None]
FORENOON, AFTERNOON = (time(8, 40), time(11, 50)), (time(14, 10), time(17, 20))
CHUNK = 60  # acts in one transaction: the disk is asked once for all of them


class Diary:
    """The scripts that wait, by their next moment."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Script]] = []
        self._count = count()
        self.acts = 0

    def begin(self, at: datetime, script: Script) -> None:
        heapq.heappush(self._waiting, (at, next(self._count), script))

    def run(self, *, until: datetime, told: Callable[[int], None] | None = None) -> None:
        """Act in order of time up to `until`; what would come later stays undone, as it is in life."""
        while self._waiting and self._waiting[0][0] <= until:
            with transaction.atomic():
                for _i in range(CHUNK):
                    if not self._waiting or self._waiting[0][0] > until:
                        break
                    self._act(told)

    def _act(self, told: Callable[[int], None] | None) -> None:
        at, _order, script = heapq.heappop(self._waiting)
        with frozen(at):
            following = next(script, None)
        self.acts += 1
        if following is not None:
            self.begin(max(following, at + timedelta(seconds=1)), script)
        elif told:
            told(1)


class Pace:
    """Moments at which people act: offices in office hours of working days, citizens whenever they are awake."""

    def __init__(self, rnd: Random) -> None:
        self.rnd = rnd
        self.calendar = calendar_for()

    def waking(self, day: date) -> datetime:
        """A moment of `day` at which people telephone."""
        hour = self.rnd.choices(range(7, 22), [2, 5, 8, 9, 8, 5, 4, 6, 7, 7, 6, 5, 5, 4, 2])[0]
        return datetime.combine(day, time(hour, self.rnd.randrange(60), self.rnd.randrange(60)), CHINA)

    def office(self, day: date) -> datetime:
        """A moment in the office on `day`, or on the next working day."""
        while not self.calendar.is_workday(day):
            day += timedelta(days=1)
        first, last = self.rnd.choice((FORENOON, AFTERNOON))
        begin, end = datetime.combine(day, first, CHINA), datetime.combine(day, last, CHINA)
        return begin + (end - begin) * self.rnd.random()

    def minutes(self, at: datetime, least: int, most: int) -> datetime:
        """A little later on the same line or desk, office hours or not (the hotline works day and night)."""
        return at + timedelta(seconds=self.rnd.randint(least * 60, most * 60))

    def hours(self, at: datetime, least: float, most: float) -> datetime:
        """Some hours later, but in office hours."""
        then = at + timedelta(hours=self.rnd.uniform(least, most))
        if self.calendar.is_workday(then.date()) and time(8, 30) <= then.time() <= time(17, 40):
            return then
        day = then.date() + timedelta(days=int(then.time() > time(17, 40)))
        return max(self.office(day), at + timedelta(minutes=20))

    def workdays(self, at: datetime, n: int) -> datetime:
        """In the office `n` working days later."""
        if n < 1:
            return self.hours(at, 0.5, 3)
        return self.office(self.calendar.add(at.date(), n))
