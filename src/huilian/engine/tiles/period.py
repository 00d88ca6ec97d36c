"""The stretch of time a figure is about: a month with the one before and the same month of last year, or a few days."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from huilian.foundation.errors import Invalid
from huilian.foundation.now import CHINA, now


@dataclass(frozen=True)
class Period:
    """「统计期」 From `since` (included) until `until` (not included), in China time."""

    since: datetime
    until: datetime

    @property
    def as_of(self) -> datetime:
        """The moment at which what is still open is looked at: the end of the period, or now if it still runs."""
        return min(self.until, now())


@dataclass(frozen=True)
class Month(Period):
    """「月」 One calendar month."""

    @property
    def key(self) -> str:
        return f"{self.since:%Y-%m}"

    @property
    def before(self) -> "Month":
        """The month before (环比)."""
        return month_at(self.since - timedelta(days=1))

    @property
    def year_ago(self) -> "Month":
        """The same month of last year (同比)."""
        return month_at(self.since.replace(year=self.since.year - 1))

    @property
    def after(self) -> "Month":
        return month_at(self.until)

    @property
    def is_over(self) -> bool:
        return self.until <= now()


def month_at(moment: datetime) -> Month:
    """The month in which `moment` lies."""
    since = moment.astimezone(CHINA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Month(since, (since + timedelta(days=32)).replace(day=1))


def month_of(words: str) -> Month:
    """The month written as "2026-10"; the one that runs when nothing is said. Raises Invalid."""
    from django.utils.translation import gettext as _

    if not words:
        return month_at(now())
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", words):
        raise Invalid(_("Write the month as 2026-10."), field="month")
    return month_at(datetime(int(words[:4]), int(words[5:]), 1, tzinfo=CHINA))


def last_days(n: int) -> Period:
    """Today and the `n` - 1 days before it."""
    tonight = now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return Period(tonight - timedelta(days=n), tonight)
