"""Working days of the People's Republic: 调休 included, years not yet announced marked provisional.

Sources: 全国年节及纪念日放假办法 (State Council Order 795, in force 2025-01-01) fixes the thirteen statutory days; each
year's bridge days come from a notice of the State Council's General Office. How a period runs: 民法典 (2020) §§200-204:
the day of the starting event is not counted (§201), a month ends on its same-number day (§202), and a period that would
end on a statutory rest day ends on the day after the rest (§203). Limits counted in working days need no such shift.

Everything here is plain values. `holidays.py` reads the yearly tables; the calendar of a place is put together in
`engine.calendar`.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from .errors import Invalid
from .now import CHINA
from .wording import _

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1950, 2200  # Outside of these a date is a slip of the keyboard.
HORIZON = 4  # Years after the last announced one that are tabled at once; later ones when first asked for.

WORKDAY, DAY, MONTH = "workday", "day", "month"
HOUR, WORKHOUR, WORKMINUTE = "hour", "workhour", "workminute"
PERIODS = (WORKDAY, DAY, MONTH)
HOURLY = (HOUR, WORKHOUR, WORKMINUTE)  # a due moment, not a due day
OFFICE_TIME = (WORKHOUR, WORKMINUTE)  # only while the office is open
UNITS = (*PERIODS, *HOURLY)

# Solar date of 正月初一, 五月初五 and 八月十五. Computed from the lunar calendar (checked against the announced years);
# the authority is the almanac of the Purple Mountain Observatory. After the last year only the fixed days are known.
LUNAR_DAYS = {
    2027: ("02-06", "06-09", "09-15"),
    2028: ("01-26", "05-28", "10-03"),
    2029: ("02-13", "06-16", "09-22"),
    2030: ("02-03", "06-05", "09-12"),
    2031: ("01-23", "06-24", "10-01"),
    2032: ("02-11", "06-12", "09-19"),
    2033: ("01-31", "06-01", "09-08"),
    2034: ("02-19", "06-20", "09-27"),
    2035: ("02-08", "06-10", "09-16"),
    2036: ("01-28", "05-30", "10-04"),
    2037: ("02-15", "06-18", "09-24"),
    2038: ("02-04", "06-07", "09-13"),
    2039: ("01-24", "05-27", "10-02"),
    2040: ("02-12", "06-14", "09-20"),
}


@dataclass(frozen=True)
class Notice:
    """The document that arranged a year."""

    title: str
    number: str = ""
    issued: date | None = None


@dataclass(frozen=True)
class Year:
    """One year's arrangement. `rest` and `work` give for each day the holiday it belongs to (a key such as
    `spring_festival`). A notice may reach into the year beside its own: New Year 2023 began on 2022-12-31.
    """

    number: int
    rest: Mapping[date, str]
    work: Mapping[date, str]
    notice: Notice
    provisional: bool = False


@dataclass(frozen=True)
class LocalDay:
    """A day that a place works or rests differently from the nation: an ethnic holiday, a flood emergency."""

    day: date
    works: bool
    reason: str


class Why(NamedTuple):
    """Why a day counts or does not.

    `code`: workday, weekend, holiday, makeup (weekend worked, 调休), local_work, local_rest. `name`: key of the
    holiday, or the reason of the place in its own words. `provisional`: the year's notice is not loaded.
    """

    works: bool
    code: str
    name: str = ""
    provisional: bool = False


def qingming(year: int) -> date:
    """Day of 清明 by the usual formula of solar terms for the 21st century."""
    y = year % 100
    return date(year, 4, int(y * 0.2422 + 4.81) - y // 4)


def statutory_days(year: int) -> dict[date, str]:
    """The thirteen statutory days of Order 795 §2, as far as they can be known without the year's notice.

    Approximate on purpose: bridge days and the substitutes for statutory days that fall on a weekend are not known
    before the notice; lunar days outside `LUNAR_DAYS` and 清明 outside 2000-2099 are left out.
    """
    days = {date(year, 1, 1): "new_year", date(year, 5, 1): "labour_day", date(year, 5, 2): "labour_day"}
    days |= {date(year, 10, d): "national_day" for d in (1, 2, 3)}
    if 2000 <= year <= 2099:
        days[qingming(year)] = "qingming"
    if year in LUNAR_DAYS:
        spring, boat, autumn = (date.fromisoformat(f"{year}-{d}") for d in LUNAR_DAYS[year])
        days |= {spring + timedelta(days=i): "spring_festival" for i in (-1, 0, 1, 2)}
        days |= {boat: "dragon_boat"}
        days.setdefault(autumn, "mid_autumn")
    return days


def provisional_year(year: int) -> Year:
    """Monday to Friday without the statutory days, until the year's notice is loaded."""
    return Year(year, statutory_days(year), {}, Notice(""), provisional=True)


class _Table(NamedTuple):
    """Days laid out for lookup. `rank[i]` working days lie up to and including day i; the k-th is `days[k - 1]`."""

    first: int  # ordinal of day 0
    rank: list[int]
    days: list[date]
    before: int  # working days of the table that lie before 2000


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """「工作日历」 Immutable. Years that were not given are provisional.

    >>> calendar.add(date(2026, 9, 28), 7)
    date(2026, 10, 13)
    """

    years: Mapping[int, Year]
    exceptions: tuple[LocalDay, ...] = ()
    _marks: dict[date, Why] = field(default_factory=dict, init=False, repr=False)
    _table: _Table = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "years", dict(self.years))
        object.__setattr__(self, "exceptions", tuple(self.exceptions))
        marks = self._marks
        for year in self.years.values():
            marks.update({d: Why(False, "holiday", name) for d, name in year.rest.items()})
        for year in self.years.values():
            marks.update({d: Why(True, "makeup", name) for d, name in year.work.items()})
        for e in self.exceptions:
            marks[e.day] = Why(e.works, "local_work" if e.works else "local_rest", e.reason)
        known = sorted(self.years) or [2000]
        self._lay_out(min(known[0], 2000), max(known[-1] + HORIZON, 2001))

    # ------------------------------------------------------------------ questions

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`."""
        table, i = self._at(day)
        return table.rank[i] != (table.rank[i - 1] if i else 0)

    def seq(self, day: date) -> int:
        """Number of working days up to and including `day`, counted from 2000-01-01. Differences count working days."""
        table, i = self._at(day)
        return table.rank[i] - table.before

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is day zero; before it when n is negative; `day` itself when n is 0.

        `day` need not be a working day. Raises Invalid outside the years 1950-2200.
        """
        table = self._table
        i = day.toordinal() - table.first
        if n > 0 <= i:  # the common case, a few hundred nanoseconds
            try:
                return table.days[table.rank[i] + n - 1]
            except IndexError:
                pass
        if not n:
            return day
        while True:
            table, i = self._at(day)
            k = table.rank[i] + n - (n > 0 or self.is_workday(day))
            if 0 <= k < len(table.days):
                return table.days[k]
            self._grow(down=k < 0)

    def count(self, after: date, upto: date) -> int:
        """Working days later than `after`, up to and including `upto`; negative when `upto` lies before."""
        return self.seq(upto) - self.seq(after)

    def provisional(self, day: date, since: date | None = None) -> bool:
        """Whether the year of `day` (or any year from `since` on) still waits for its notice."""
        return any(
            (year := self.years.get(y)) is None or year.provisional for y in range((since or day).year, day.year + 1)
        )

    def why(self, day: date) -> Why:
        """Why `day` counts or not."""
        open_year = self.provisional(day)
        mark = self._marks.get(day)
        if mark is None and open_year and (name := statutory_days(day.year).get(day)):
            mark = Why(False, "holiday", name)
        if mark is None:
            mark = Why(False, "weekend") if day.weekday() >= 5 else Why(True, "workday")
        return mark._replace(provisional=True) if open_year else mark

    def next_workday(self, day: date) -> date:
        """`day` when offices work on it, otherwise the first working day after it."""
        return day if self.is_workday(day) else self.add(day, 1)

    # ------------------------------------------------------------------ tables

    def _lay_out(self, first_year: int, last_year: int) -> None:
        """Table these years. The new table replaces the old one in a single step, so threads may share."""
        first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
        unannounced = (y for y in range(first_year, last_year + 1) if self.provisional(date(y, 1, 1)))
        holidays = {d for y in unannounced for d in statutory_days(y)}
        marks, rank, days, before = self._marks, [], [], 0
        for ordinal in range(first, last + 1):
            day = date.fromordinal(ordinal)
            mark = marks.get(day)
            if mark.works if mark else day.weekday() < 5 and day not in holidays:
                days.append(day)
                before += day.year < 2000
            rank.append(len(days))
        object.__setattr__(self, "_table", _Table(first, rank, days, before))

    def _at(self, day: date) -> tuple[_Table, int]:
        while True:
            table = self._table
            i = day.toordinal() - table.first
            if 0 <= i < len(table.rank):
                return table, i
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise Invalid(
                    _(
                        "%(day)s lies outside the years %(first)s to %(last)s. Please check the year.",
                        day=day,
                        first=FIRST_YEAR,
                        last=LAST_YEAR,
                    )
                )
            self._grow(down=i < 0, to=day.year)

    def _grow(self, *, down: bool, to: int | None = None) -> None:
        """Lay out the years as far as `to`, and twenty more."""
        first = date.fromordinal(self._table.first).year
        last = date.fromordinal(self._table.first + len(self._table.rank) - 1).year
        if first <= FIRST_YEAR if down else last >= LAST_YEAR:
            raise Invalid(
                _("The period leads outside the years %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
            )
        if down:
            first = max((to or first) - 20, FIRST_YEAR)
        else:
            last = min((to or last) + 20, LAST_YEAR)
        self._lay_out(first, last)


# ---------------------------------------------------------------------- periods


def add_months(day: date, n: int) -> date:
    """The same-number day n months on; the end of the month where there is none (民法典 §202)."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_end(kind: str, start: date, length: int, calendar: WorkCalendar) -> date:
    """Last day of a period of `length` working days, natural days or months whose starting event fell on `start`.

    Natural days and months that would end on a rest day end on the next working day (民法典 §203).
    """
    if length < 0:
        raise Invalid(_("A period cannot be negative: %(length)s.", length=length))
    if kind == WORKDAY:
        return calendar.add(start, length)
    if kind not in (DAY, MONTH):
        raise Invalid(_("A period is counted in working days, days or months, not in “%(kind)s”.", kind=kind))
    end = start + timedelta(days=length) if kind == DAY else add_months(start, length)
    return calendar.next_workday(end) if length else end


# ---------------------------------------------------------------------- hours


Span = tuple[time, time]


@dataclass(frozen=True)
class OpeningHours:
    """「作息时间」 Office hours, dated: summer hours follow winter hours. Rows: (valid from, ((open, close), …)).

    Before the first row its hours hold as well.
    """

    rows: tuple[tuple[date, tuple[Span, ...]], ...]

    def on(self, day: date) -> tuple[Span, ...]:
        """The spans in which the office is open if `day` is a working day."""
        i = bisect_right([r[0] for r in self.rows], day) - 1
        return self.rows[max(i, 0)][1]

    def spans(self, day: date, calendar: WorkCalendar) -> Iterable[tuple[datetime, datetime]]:
        """The opening spans of `day` as moments; none on a rest day."""
        if calendar.is_workday(day):
            for opens, closes in self.on(day):
                yield datetime.combine(day, opens, CHINA), datetime.combine(day, closes, CHINA)


# County default [origin=default]; the office replaces it in the table of opening hours.
DEFAULT_HOURS = OpeningHours(((date(2000, 1, 1), ((time(8, 30), time(12)), (time(14), time(17, 30)))),))


def add_open_time(start: datetime, amount: timedelta, calendar: WorkCalendar, hours: OpeningHours) -> datetime:
    """The moment when the office has been open for `amount` since `start`."""
    day, left = start.date(), amount
    for _step in range(36_600):
        for opens, closes in hours.spans(day, calendar):
            opens = max(opens, start)
            if closes > opens:
                if closes - opens >= left:
                    return opens + left
                left -= closes - opens
        day += ONE_DAY
    raise Invalid(
        _("There are no opening hours in which this limit could run. Please check the table of opening hours.")
    )


def open_time(start: datetime, end: datetime, calendar: WorkCalendar, hours: OpeningHours) -> timedelta:
    """How long the office was open between two moments."""
    total, day = timedelta(), start.date()
    while day <= end.date():
        for opens, closes in hours.spans(day, calendar):
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += ONE_DAY
    return total
