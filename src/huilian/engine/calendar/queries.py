"""The calendar and the office hours of a place, kept in memory by each process until somebody changes a table."""

from datetime import date, time
from threading import Lock
from time import monotonic

from django.db import connection

from huilian.foundation import holidays
from huilian.foundation.workdays import DEFAULT_HOURS, LocalDay, Notice, OpeningHours, WorkCalendar, Year

from .models import CalendarDay, CalendarYear, LocalException, Opening, Version

FRESH = 1.0  # seconds a process trusts its copy outside of transactions; inside of one it always asks


class _Memory:
    """One process's copy of the tables."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.word: str | None = None
        self.checked = 0.0
        self.forget()

    def forget(self) -> None:
        self.word, self.checked = None, 0.0
        self.years: dict[int, Year] = {}
        self.exceptions: list[tuple[str, LocalDay]] = []
        self.openings: list[tuple[str, date, tuple[tuple[time, time], ...]]] = []
        self.calendars: dict[tuple[LocalDay, ...], WorkCalendar] = {}
        self.hours: dict[str, OpeningHours] = {}


_memory = _Memory()


def calendar_for(place: object = None) -> WorkCalendar:
    """The working calendar of a place (a Place or its 12-digit code), or of the whole county when none is given.

    Costs one small query: at most once a second, but every time inside a transaction. For many rows use `Calendars`.
    """
    return Calendars().of(place)


class Calendars:
    """Working calendars for one piece of work on many rows: whether they still hold is asked once, at first."""

    def __init__(self) -> None:
        self._memory: _Memory | None = None
        self._found: dict[str, WorkCalendar] = {}

    def of(self, place: object = None) -> WorkCalendar:
        """As `calendar_for`."""
        code = _code(place)
        if code not in self._found:
            memory = self._memory = self._memory or _fresh()
            days = tuple(day for at, day in memory.exceptions if covers(at, code))
            if days not in memory.calendars:
                memory.calendars[days] = WorkCalendar(memory.years, days)
            self._found[code] = memory.calendars[days]
        return self._found[code]


def hours_for(place: object = None) -> OpeningHours:
    """The office hours of a place: its own, else those of the nearest place above it, else the default."""
    memory, code = _fresh(), _code(place)
    if code not in memory.hours:
        at = max(
            (p for p, *_rest in memory.openings if covers(p, code)), key=lambda p: len(significant(p)), default=None
        )
        rows = tuple((since, spans) for p, since, spans in memory.openings if p == at)
        memory.hours[code] = OpeningHours(rows) if rows else DEFAULT_HOURS
    return memory.hours[code]


def loaded_years() -> list[CalendarYear]:
    return list(CalendarYear.objects.all())


def significant(code: str) -> str:
    """The part of a division code that says something: province 2, city 4, county 6, township 9, village 12 digits."""
    for length in (2, 4, 6, 9):
        if len(code) == 12 and not code[length:].strip("0"):
            return code[:length]
    return code


def covers(above: str, below: str) -> bool:
    """Whether the place `above` is `below` or contains it; an empty code contains everything."""
    return below.startswith(significant(above)) if above else True


def _code(place: object) -> str:
    return str(getattr(place, "code", place) or "")


def _fresh() -> _Memory:
    memory = _memory
    if memory.word is not None and not connection.in_atomic_block and monotonic() - memory.checked < FRESH:
        return memory
    word = Version.objects.values_list("word", flat=True).first() or ""
    with memory.lock:
        if word != memory.word:
            _load(memory)
            memory.word = word
        # What a transaction sees may be rolled back: outside of it, look again.
        memory.checked = 0.0 if connection.in_atomic_block else monotonic()
    return memory


def _load(memory: _Memory) -> None:
    memory.forget()
    days: dict[int, tuple[dict[date, str], dict[date, str]]] = {}
    for year, day, works, holiday in CalendarDay.objects.values_list("year__year", "day", "works", "holiday"):
        rest, work = days.setdefault(year, ({}, {}))
        (work if works else rest)[day] = holiday
    for row in CalendarYear.objects.all():
        rest, work = days.get(row.year, ({}, {}))
        memory.years[row.year] = Year(row.year, rest, work, Notice(row.title, row.document, row.issued_on))
    if not memory.years:  # nothing seeded yet (first start, small tests): what comes with the product
        memory.years = holidays.library_years() | holidays.announced_years()
    for e in LocalException.objects.filter(withdrawn_at=None):
        memory.exceptions.append((e.place, LocalDay(e.day, e.works, e.reason)))
    # The nearer place has the last word on a day.
    memory.exceptions.sort(key=lambda pair: (len(significant(pair[0])), pair[1].day))
    for o in Opening.objects.order_by("valid_from"):
        spans = tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in o.spans)
        memory.openings.append((o.place, o.valid_from, spans))
