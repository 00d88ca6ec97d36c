"""What pages ask of a clock: its face for lists, and every day explained for the page of one case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huilian.engine.calendar.queries import calendar_for, hours_for
from huilian.engine.look import levels
from huilian.engine.look.levels import ClockFace
from huilian.engine.look.text import lang, say
from huilian.foundation import clock as law
from huilian.foundation.holidays import HOLIDAYS
from huilian.foundation.now import moment, now
from huilian.foundation.workdays import DEFAULT_HOURS, HOURLY, OFFICE_TIME, WorkCalendar

from .models import Clock


@cache
def known_reasons() -> dict[str, dict[str, str]]:
    """Legal reasons for a pause by key, each with zh, en and basis."""
    rows = yaml.safe_load((Path(__file__).parent / "pauses.yaml").read_text("utf-8"))
    return {row["key"]: row for row in rows}


def reason_words(reason: str) -> str:
    """The reason of a pause in the language being spoken; words that are no key stay as they are."""
    known = known_reasons().get(reason)
    return say(known) if known else reason


@dataclass(frozen=True)
class Face(ClockFace):
    """「时钟」 What a page shows of one clock, for the drawings of `engine.look`. Limits in hours are given in minutes.

    `level`: ok, yellow, orange, red, pause, done. `left` is negative when overdue. `text` says all of it in words.
    """

    due_at: datetime | None = None
    pause_reason: str = ""
    words: str = ""

    @property
    def text(self) -> str:
        return self.words

    @property
    def measure(self) -> str:
        if self.unit in HOURLY:
            return f"{_span(self.used)} / {_span(self.limit)}"
        return super().measure


def clock_face(clock: Clock, at: datetime | None = None, calendar: WorkCalendar | None = None) -> Face:
    """The face of one clock at a moment (now if not given), from the row alone: no query but the calendar's version."""
    at = moment(at or now())
    calendar = calendar or calendar_for(clock.place)
    state = clock.as_state()
    got = law.read(state, at, calendar, hours_for(clock.place) if clock.unit in OFFICE_TIME else DEFAULT_HOURS)
    reason = reason_words(clock.pauses[-1][2]) if state.state == "paused" else ""
    return Face(
        level=got.level,
        limit=got.limit,
        used=got.used,
        left=-got.over if got.over else got.left,
        due=clock.due_on,
        unit=clock.unit,
        stopped=state.state == "stopped",
        provisional=clock.provisional,
        extended=bool(clock.extension),
        due_at=moment(clock.due_at),
        pause_reason=reason,
        words=_text(got, state, reason, clock.due_on == at.date()),
    )


def clock_faces(clocks: Iterable[Clock], at: datetime | None = None) -> dict[int, Face]:
    """Faces by clock id, for a list."""
    at, clocks = moment(at or now()), list(clocks)
    calendars = {place: calendar_for(place) for place in {clock.place for clock in clocks}}
    return {clock.pk: clock_face(clock, at, calendars[clock.place]) for clock in clocks}


@dataclass(frozen=True)
class ExplainedDay:
    """One day of a clock with its reason in words."""

    day: date
    counted: bool
    ordinal: int | None
    reason: str
    code: str
    provisional: bool
    marks: tuple[str, ...]
    minutes: int | None


def explain(clock: Clock, at: datetime | None = None) -> list[ExplainedDay]:
    """Every day from the starting event on, counted or not and why. The due day, today and the stop are marked."""
    at = moment(at or now())
    lines = law.explain(clock.as_state(), at, calendar_for(clock.place), hours_for(clock.place))
    return [
        ExplainedDay(
            line.day, line.counted, line.ordinal, day_words(line), line.code, line.provisional, line.marks, line.minutes
        )
        for line in lines
    ]


def day_words(line: law.DayLine) -> str:
    """Why a day counts or not, in one phrase."""
    name = say(HOLIDAYS[line.name]) if line.name in HOLIDAYS else line.name
    if line.code == "pause":
        basis = known_reasons().get(line.name, {}).get("basis", "")
        words = _("Paused: %(reason)s") % {"reason": reason_words(line.name)}
        if not basis:
            return words
        return f"{words} ({basis})" if lang() == "en" else f"{words}（{basis}）"
    words = {
        "day_zero": _("Day of receipt, not counted (Civil Code §201)"),
        "workday": _("Working day"),
        "natural_day": _("Natural day"),
        "makeup": _("Weekend worked in exchange for %(name)s") % {"name": name} if name else _("Weekend worked"),
        "local_work": _("Worked here: %(name)s") % {"name": name},
        "local_rest": _("Day of rest here: %(name)s") % {"name": name},
        "weekend": _("Weekend"),
        "holiday": name,
        "rest_shift": _("The limit does not end on a day of rest (Civil Code §203)"),
    }[line.code]
    return words


# ---------------------------------------------------------------------- words


def _text(got: law.Reading, state: law.ClockState, reason: str, today: bool) -> str:
    if state.state == "paused":
        return reason or _("Clock paused")
    hourly = state.unit in HOURLY
    if state.state == "stopped" or got.level == "red":
        return _ended(got.over, state, hourly)
    if today and not hourly:
        return _("Due today")
    if not hourly:
        return levels.left(got.left, _day(state.unit))
    span = {"span": _span(got.left)}
    return _("%(span)s left") % span if state.unit == "hour" else _("%(span)s of office time left") % span


def _ended(over: int, state: law.ClockState, hourly: bool) -> str:
    """A clock that has stopped, or one past its limit. On a weekend after the last day no further day has begun yet."""
    if state.state == "stopped":
        if not state.late:
            return _("Closed in time")
        if not over:
            return _("Closed late")
        return _("Closed %(span)s late") % {"span": _span(over)} if hourly else levels.late(over, _day(state.unit))
    if not over:
        return _("Overdue")
    if not hourly:
        return levels.overdue(over, _day(state.unit))
    span = {"span": _span(over)}
    return _("%(span)s overdue") % span if state.unit == "hour" else _("%(span)s of office time overdue") % span


def _day(unit: str) -> str:
    """A limit in months is shown in the natural days it came to."""
    return "day" if unit == "month" else unit


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    words = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return words if not rest else _("%(hours)s %(minutes)s") % {"hours": words, "minutes": _span(rest)}
