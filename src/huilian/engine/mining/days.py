"""Calendar arithmetic on whole columns of days (days since 1970-01-01). Pure."""

from functools import cached_property

import numpy as np

from huilian.foundation.workdays import DAY, MONTH, WORKDAY, WorkCalendar, add_months

from .log import EPOCH, to_date


class Days:
    """The days from `first` to `last` and `ahead` days on, with their working days.

    Without a calendar offices work from Monday to Friday, and a period that ends on a rest day ends there: what can be
    said of a log from elsewhere. With one, periods run as `foundation.workdays` has them (民法典 §§201-203).
    """

    def __init__(self, first: int, last: int, calendar: WorkCalendar | None = None, *, ahead: int = 0) -> None:
        self.first, self.size, self.calendar = int(first), int(last) - int(first) + ahead + 60, calendar

    @cached_property
    def rank(self) -> np.ndarray:
        """How many working days lie up to and including each day."""
        if self.calendar is None:
            all_days = np.datetime64(EPOCH) + self.first + np.arange(self.size)
            return np.cumsum(np.is_busday(all_days))
        return np.cumsum([self.calendar.is_workday(to_date(self.first + i)) for i in range(self.size)])

    @cached_property
    def workdays(self) -> np.ndarray:
        return np.flatnonzero(np.diff(self.rank, prepend=0)) + self.first

    def between(self, after: np.ndarray, upto: np.ndarray) -> np.ndarray:
        """Working days later than `after`, up to and including `upto`."""
        return self.rank[upto - self.first] - self.rank[after - self.first]

    def due(self, start: np.ndarray, length: int, unit: str) -> np.ndarray:
        """The last day of a period that began on each day of `start`; that day is not counted."""
        if unit == WORKDAY:
            return self.workdays[self.rank[start - self.first] + length - 1] if length else start
        assert unit in (DAY, MONTH)
        if unit == DAY:
            end = start + length
        else:
            each, place = np.unique(start, return_inverse=True)
            end = np.array([(add_months(to_date(d), length) - EPOCH).days for d in each.tolist()])[place]
        if self.calendar is None or not length:
            return end
        # On a rest day the rank is that of the working day before; the next one is the first after it.
        place = end - self.first
        rests = np.diff(self.rank, prepend=0)[place] == 0
        return np.where(rests, self.workdays[np.minimum(self.rank[place], len(self.workdays) - 1)], end)
