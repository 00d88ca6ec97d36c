"""A legal clock (时限) as a pure function of its events: nothing is counted up, everything is recomputed.

How time runs (民法典 §201; 行政许可法 §§45, 82): the day of the starting event is day zero. A pause (听证、鉴定、补正…)
takes out the days after the day of the pause up to and including the day of resumption, so both runs begin on the day
after their event. A limit may be extended once. The clock stops when the *answer is delivered*.

Units: working days, natural days, months, hours around the clock, and hours or minutes in which the office is open.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from .errors import Invalid
from .now import CHINA, moment
from .wording import _
from .workdays import (
    DAY,
    DEFAULT_HOURS,
    HOUR,
    MONTH,
    ONE_DAY,
    PERIODS,
    UNITS,
    WORKDAY,
    WORKMINUTE,
    OpeningHours,
    Why,
    WorkCalendar,
    add_months,
    add_open_time,
    open_time,
)

START, PAUSE, RESUME, EXTEND, STOP = "start", "pause", "resume", "extend", "stop"
REOPEN, RESTART = "reopen", "restart"  # the stop was none (an answer sent back) / a new period begins
RUNNING, PAUSED, STOPPED = "running", "paused", "stopped"
OK, YELLOW, ORANGE, RED = range(4)
TICK = timedelta(microseconds=1)


class Event(NamedTuple):
    """Something that happened to a clock. `length` belongs to start, restart, extend; `reason` to pause, extend."""

    kind: str
    at: datetime
    length: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Ladder:
    """When the colours change. County default [origin=default]; a procedure may bring its own.

    Days: yellow when at most max(yellow_least, limit // yellow_share) days are left, orange when the limit ends today
    (or `orange_long` days are left if the limit is longer than `long_over`), red when it has passed.
    Hours: yellow in the last 1/yellow_share of the time, orange in the last 1/orange_share.
    """

    yellow_share: int = 3
    yellow_least: int = 1
    orange_long: int = 1
    long_over: int = 3
    orange_share: int = 6

    def yellow_left(self, limit: int) -> int:
        return max(self.yellow_least, limit // self.yellow_share)

    def orange_left(self, limit: int) -> int:
        return self.orange_long if limit > self.long_over else 0


DEFAULT_LADDER = Ladder()


class Pause(NamedTuple):
    """From `since` until `until` (None while it lasts) the clock stood still for `reason`."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True)
class ClockState:
    """What a clock's events amount to.

    While paused, `due_on`/`due_at` say what they would be if it were resumed at once, and no colour changes. A limit
    in days ends at 24:00 of `due_on`, so `due_at` is the last microsecond of that day. From `yellow_at` on the clock is
    yellow, from `orange_at` orange, from `red_at` red. `limit` is the whole length with its extension.
    """

    unit: str
    state: str
    limit: int
    extension: int
    started_at: datetime
    stopped_at: datetime | None
    pauses: tuple[Pause, ...]
    due_on: date
    due_at: datetime
    yellow_at: datetime | None
    orange_at: datetime | None
    red_at: datetime | None
    provisional: bool

    def colour(self, now: datetime) -> int:
        """0 normal, 1 yellow, 2 orange, 3 red. Paused: 0. Stopped: 3 when the answer came late, otherwise 0."""
        if self.state == STOPPED:
            return RED if self.late else OK
        return colour_at(now, self.yellow_at, self.orange_at, self.red_at)

    @property
    def late(self) -> bool:
        """Whether it was stopped after the limit."""
        return self.stopped_at is not None and self.stopped_at > self.due_at


def colour_at(now: datetime, yellow: datetime | None, orange: datetime | None, red: datetime | None) -> int:
    """The colour at `now`, given the moments from which each colour holds."""
    for level, since in ((RED, red), (ORANGE, orange), (YELLOW, yellow)):
        if since is not None and since <= now:
            return level
    return OK


@dataclass(frozen=True)
class Run:
    """The days of one clock that count: those of its unit, without the paused ones."""

    unit: str
    start: date
    pauses: tuple[tuple[date, date | None], ...]  # (day of pause, day of resumption or None)
    calendar: WorkCalendar

    def step(self, day: date, n: int) -> date:
        return self.calendar.add(day, n) if self.unit == WORKDAY else day + timedelta(days=n)

    def between(self, after: date, upto: date) -> int:
        """Days of the unit in (after, upto], pauses not taken out; never negative."""
        days = self.calendar.count(after, upto) if self.unit == WORKDAY else (upto - after).days
        return max(days, 0)

    def nth(self, n: int) -> date:
        """The n-th counted day (0 = the starting day). A pause that still lasts is taken as over at once."""
        here = self.start
        for since, until in self.pauses:
            counted = self.between(here, since)
            if n <= counted or until is None:
                break
            n, here = n - counted, max(until, here)
        return self.step(here, n)

    def count(self, upto: date) -> int:
        """How many days counted from the start up to and including `upto`."""
        total, here = 0, self.start
        for since, until in self.pauses:
            if since >= upto:
                break
            total += self.between(here, since)
            if until is None or until >= upto:
                return total
            here = max(until, here)
        return total + self.between(here, upto)

    def paused(self, day: date) -> int | None:
        """Index of the pause that takes `day` out, if any."""
        for i, (since, until) in enumerate(self.pauses):
            if since < day and (until is None or day <= until):
                return i
        return None


def recompute(
    events: Iterable[Event],
    unit: str,
    calendar: WorkCalendar,
    ladder: Ladder = DEFAULT_LADDER,
    hours: OpeningHours = DEFAULT_HOURS,
) -> ClockState:
    """The state after `events` (sorted by time here; equal times keep their order).

    Raises Invalid when they do not make sense: no start, a pause within a pause, a second extension, an act after the
    stop.
    """
    if unit not in UNITS:
        raise Invalid(_("“%(unit)s” is no unit of time here. Known are: %(known)s.", unit=unit, known=", ".join(UNITS)))
    started, length, extension, stopped, pauses = _play(events)
    limit = length + extension
    state = STOPPED if stopped else PAUSED if pauses and pauses[-1].until is None else RUNNING
    if unit in PERIODS:
        run = _run(unit, started, pauses, calendar)
        _end, due_on, total = _last_day(run, limit)
        due_at = datetime.combine(due_on, time.max, CHINA)
        # Colours ask how many days are left, and only the last `total` counted days know the answer.
        yellow = _dawn(run.nth(max(total - ladder.yellow_left(total), 0)))
        orange = _dawn(run.nth(max(total - ladder.orange_left(total), 0)))
    else:
        amount = timedelta(minutes=_in_minutes(limit, unit))
        due_at = _moment_after(amount, unit, started, pauses, calendar, hours)
        due_on = due_at.date()
        yellow = _moment_after(amount - amount / ladder.yellow_share, unit, started, pauses, calendar, hours)
        orange = _moment_after(amount - amount / ladder.orange_share, unit, started, pauses, calendar, hours)
    running = state == RUNNING
    return ClockState(
        unit=unit,
        state=state,
        limit=limit,
        extension=extension,
        started_at=started,
        stopped_at=stopped,
        pauses=tuple(pauses),
        due_on=due_on,
        due_at=due_at,
        yellow_at=max(yellow, started) if running else None,
        orange_at=max(orange, started) if running else None,
        red_at=due_at + TICK if running else None,
        # Hours around the clock know no calendar; everything else may still move while a year is not announced.
        provisional=unit != HOUR and calendar.provisional(due_on, since=started.date()),
    )


def _play(events: Iterable[Event]) -> tuple[datetime, int, int, datetime | None, list[Pause]]:
    """(start, length, extension, stop, pauses) of the last run: a restart begins anew."""
    started: datetime | None = None
    stopped: datetime | None = None
    length = extension = 0
    pauses: list[Pause] = []
    for event in sorted((e._replace(at=moment(e.at)) for e in events), key=lambda e: e.at):
        kind = event.kind
        if (kind == START and started is None) or (kind == RESTART and stopped):
            started, stopped, length, extension, pauses = event.at, None, event.length, 0, []
            if length < 0:
                raise Invalid(_("A period cannot be negative: %(length)s.", length=length))
            continue
        if kind == REOPEN and stopped:
            stopped = None
            continue
        if started is None or stopped or kind in (START, RESTART, REOPEN):
            raise Invalid(_("The clock does not run, so “%(kind)s” cannot follow.", kind=kind))
        halted = bool(pauses) and pauses[-1].until is None
        if kind == PAUSE and not halted:
            pauses.append(Pause(event.at, None, event.reason))
        elif kind == RESUME and halted:
            pauses[-1] = pauses[-1]._replace(until=event.at)
        elif kind == EXTEND and not extension and event.length > 0:
            extension = event.length
        elif kind == STOP:
            stopped = event.at
            if halted:
                pauses[-1] = pauses[-1]._replace(until=event.at)
        else:
            raise Invalid(_("“%(kind)s” does not fit the state of the clock.", kind=kind))
    if started is None:
        raise Invalid(_("The clock has no starting event."))
    return started, length, extension, stopped, pauses


def _run(unit: str, started: datetime, pauses: Sequence[Pause], calendar: WorkCalendar) -> Run:
    days = tuple((p.since.date(), p.until.date() if p.until else None) for p in pauses)
    return Run(unit, started.date(), days, calendar)


class _Last(NamedTuple):
    end: date  # where the period itself ends
    due: date  # the day after the rest, when it ends in one
    total: int  # counted days up to `due`


def _last_day(run: Run, limit: int) -> _Last:
    """The due day and how many days count up to it. Days and months do not end on a day of rest (民法典 §203)."""
    if run.unit == WORKDAY or not limit:
        due = run.nth(limit)
        return _Last(due, due, limit)
    days = limit if run.unit == DAY else (add_months(run.start, limit) - run.start).days
    while True:
        end = run.nth(days)
        due = run.calendar.next_workday(end)
        gap = (due - end).days
        if not any(until and end <= since < due and until > since for since, until in run.pauses):
            return _Last(end, due, days + gap)
        days += gap  # paused while the rest still gave time: that time is kept for after the pause


def _dawn(day: date) -> datetime:
    return datetime.combine(day, time.min, CHINA)


def _moment_after(
    amount: timedelta,
    unit: str,
    started: datetime,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
    hours: OpeningHours,
) -> datetime:
    def onward(since: datetime, more: timedelta) -> datetime:
        return since + more if unit == HOUR else add_open_time(since, more, calendar, hours)

    def passed(since: datetime, until: datetime) -> timedelta:
        return until - since if unit == HOUR else open_time(since, until, calendar, hours)

    here = started
    for pause in pauses:
        run = passed(here, pause.since)
        if amount <= run or pause.until is None:
            break
        amount, here = amount - run, pause.until
    return onward(here, amount)


# ---------------------------------------------------------------------- what a face shows


@dataclass(frozen=True)
class Reading:
    """The clock at one moment. `level`: ok, yellow, orange, red, pause, done.

    Days: `used`, `left` and `over` count days of the unit (`over` > 0 only past the limit, `left` then 0). Hours:
    minutes.
    """

    level: str
    used: int
    limit: int
    left: int
    over: int


LEVELS = ("ok", "yellow", "orange", "red")


def read(state: ClockState, now: datetime, calendar: WorkCalendar, hours: OpeningHours = DEFAULT_HOURS) -> Reading:
    """How far the clock has run at `now` (or had run when it stopped)."""
    now = moment(now)
    until = state.stopped_at or (state.pauses[-1].since if state.state == PAUSED else now)
    if state.unit in PERIODS:
        run = _run(state.unit, state.started_at, state.pauses, calendar)
        today = max(until.date(), run.start)
        total = state.limit if state.unit == WORKDAY else run.count(state.due_on)
        used = run.count(today)
        over = run.between(state.due_on, today)
        left = max(total - used, 0)
    else:
        total = _in_minutes(state.limit, state.unit)
        used = _minutes(_elapsed(state, until, calendar, hours))
        left, over = max(total - used, 0), max(used - total, 0)
    if state.state == STOPPED:
        level = "red" if state.late else "done"
    elif state.state == PAUSED:
        level = "pause"
    else:
        level = LEVELS[state.colour(now)]
    shown = state.limit if state.unit == DAY else total  # the rest days at the end are no part of the promise
    return Reading(level, min(used, shown), shown, left, over)


def _elapsed(state: ClockState, until: datetime, calendar: WorkCalendar, hours: OpeningHours) -> timedelta:
    total, here = timedelta(), state.started_at
    stretches: list[tuple[datetime, datetime]] = []
    for pause in state.pauses:
        stretches.append((here, min(pause.since, until)))
        here = pause.until or until
    stretches.append((here, until))
    for since, upto in stretches:
        if upto > since:
            total += upto - since if state.unit == HOUR else open_time(since, upto, calendar, hours)
    return total


def _in_minutes(limit: int, unit: str) -> int:
    return limit if unit == WORKMINUTE else limit * 60


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


# ---------------------------------------------------------------------- every day explained


class DayLine(NamedTuple):
    """One day of a clock.

    `counted`: whether it used up time. `ordinal`: which counted day it is. `code`: day_zero, workday, natural_day,
    makeup, local_work, weekend, holiday, local_rest, pause, or rest_shift (the limit would have ended in a rest, 民法典
    §203). `name`: the holiday's key, the place's reason or the legal reason of the pause. `marks`: due, today, stop,
    over. `minutes`: for limits in hours, how many minutes of this day counted.
    """

    day: date
    counted: bool
    ordinal: int | None
    code: str
    name: str = ""
    provisional: bool = False
    marks: tuple[str, ...] = ()
    minutes: int | None = None


def explain(
    state: ClockState, now: datetime, calendar: WorkCalendar, hours: OpeningHours = DEFAULT_HOURS
) -> Iterator[DayLine]:
    """Every day from the starting event to the due day, and on to `now` (or the stop) when that is later."""
    now = moment(now)
    until = (state.stopped_at or now).date()
    run = _run(state.unit, state.started_at, state.pauses, calendar)
    ordinal, day, last = 0, run.start, max(state.due_on, until)
    end = _last_day(run, state.limit).end if state.unit in PERIODS else state.due_on
    while day <= last:
        why, minutes = calendar.why(day), None
        paused = run.paused(day)
        if state.unit not in PERIODS:
            opens = max(_dawn(day), state.started_at)
            closes = min(_dawn(day + ONE_DAY), state.stopped_at or now)
            minutes = _minutes(_elapsed_on(state, opens, closes, calendar, hours)) if closes > opens else 0
            counted, code, name = minutes > 0, _plain(state.unit, why), why.name
        elif day == run.start:
            counted, code, name = False, "day_zero", ""
        elif paused is not None:
            counted, code, name = False, "pause", state.pauses[paused].reason
        else:
            counted = why.works or state.unit != WORKDAY
            code, name = _plain(state.unit, why), why.name
            if end < day <= state.due_on:
                code = "rest_shift"
        ordinal += counted
        marks = [
            mark
            for mark, holds in (
                ("due", day == state.due_on),
                ("stop", state.stopped_at is not None and day == until),
                ("today", state.stopped_at is None and day == now.date()),
                ("over", day > state.due_on and counted),
            )
            if holds
        ]
        yield DayLine(day, counted, ordinal if counted else None, code, name, why.provisional, tuple(marks), minutes)
        day += ONE_DAY


def _plain(unit: str, why: Why) -> str:
    return "natural_day" if unit in (DAY, MONTH, HOUR) else why.code


def _elapsed_on(
    state: ClockState, opens: datetime, closes: datetime, calendar: WorkCalendar, hours: OpeningHours
) -> timedelta:
    """Time counted within [opens, closes)."""
    return _elapsed(state, closes, calendar, hours) - _elapsed(state, opens, calendar, hours)
