"""What pages ask of a clock: its face for lists, and every day explained for the page of one case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from huilian.engine.calendar.queries import calendar_for, hours_for
from huilian.foundation import clock as law
from huilian.foundation.holidays import HOLIDAYS
from huilian.foundation.now import moment, now
from huilian.foundation.workdays import WorkCalendar

from .models import Clock

STILL = ("pause", "done")


@cache
def known_reasons() -> dict[str, dict[str, str]]:
    """Legal reasons for a pause by key, each with zh, en and basis."""
    rows = yaml.safe_load((Path(__file__).parent / "pauses.yaml").read_text("utf-8"))
    return {row["key"]: row for row in rows}


def reason_words(reason: str) -> str:
    """The reason of a pause in the language being spoken; words that are no key stay as they are."""
    known = known_reasons().get(reason)
    return _pick(known) if known else reason


@dataclass(frozen=True)
class Face:
    """「时钟」 What a page shows of one clock. Days for limits in days, minutes for limits in hours (`unit` tells).

    `level`: ok, yellow, orange, red, pause, done. `left` is negative when overdue. `text` says all of it in words.
    """

    level: str
    limit: int
    used: int
    left: int
    over: int
    due: date
    due_at: datetime
    unit: str
    stopped: bool
    paused: bool
    provisional: bool
    extended: bool
    pause_reason: str = ""
    text: str = field(default="")

    @property
    def hourly(self) -> bool:
        return self.unit in ("hour", "workhour")


def clock_face(clock: Clock, at: datetime | None = None, calendar: WorkCalendar | None = None) -> Face:
    """The face of one clock at a moment (now if not given), from the row alone: no query but the calendar's version."""
    at = moment(at or now())
    calendar = calendar or calendar_for(clock.place)
    state = clock.as_state()
    got = law.read(state, at, calendar, hours_for(clock.place) if clock.unit == "workhour" else law.DEFAULT_HOURS)
    reason = reason_words(clock.pauses[-1][2]) if state.state == "paused" else ""
    left = -got.over if got.over else got.left
    return Face(
        level=got.level,
        limit=got.limit,
        used=got.used,
        left=left,
        over=got.over,
        due=clock.due_on,
        due_at=moment(clock.due_at),
        unit=clock.unit,
        stopped=state.state == "stopped",
        paused=state.state == "paused",
        provisional=clock.provisional,
        extended=bool(clock.extension),
        pause_reason=reason,
        text=_text(got, state, reason, clock.due_on == at.date()),
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
    name = _pick(HOLIDAYS[line.name]) if line.name in HOLIDAYS else line.name
    if line.code == "pause":
        basis = known_reasons().get(line.name, {}).get("basis", "")
        words = _("Paused: %(reason)s") % {"reason": reason_words(line.name)}
        return f"{words} ({basis})" if basis and get_language() == "en" else f"{words}（{basis}）" if basis else words
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


def _pick(value: dict[str, str]) -> str:
    return value["en"] if (get_language() or "").startswith("en") else value["zh"]


def _text(got: law.Reading, state: law.ClockState, reason: str, today: bool) -> str:
    hourly = state.unit in ("hour", "workhour")
    if state.state == "stopped":
        if not state.late:
            return _("Closed in time")
        return _late(got.over, state.unit) if got.over else _("Closed late")
    if state.state == "paused":
        return reason or _("Clock paused")
    if got.level == "red":
        return _overdue(max(got.over, 0), state.unit)
    if today and not hourly:
        return _("Due today")
    return _left(got.left, state.unit)


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
    words = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return words if not rest else _("%(hours)s %(minutes)s") % {"hours": words, "minutes": _span(rest)}


def _left(n: int, unit: str) -> str:
    if unit == "workday":
        return ngettext("%(n)d working day left", "%(n)d working days left", n) % {"n": n}
    if unit == "hour":
        return _("%(span)s left") % {"span": _span(n)}
    if unit == "workhour":
        return _("%(span)s of office time left") % {"span": _span(n)}
    return ngettext("%(n)d day left", "%(n)d days left", n) % {"n": n}


def _overdue(n: int, unit: str) -> str:
    if not n:  # past the limit, but no further day of the unit has begun (a weekend after the last day)
        return _("Overdue")
    if unit == "workday":
        return ngettext("%(n)d working day overdue", "%(n)d working days overdue", n) % {"n": n}
    if unit == "hour":
        return _("%(span)s overdue") % {"span": _span(n)}
    if unit == "workhour":
        return _("%(span)s of office time overdue") % {"span": _span(n)}
    return ngettext("%(n)d day overdue", "%(n)d days overdue", n) % {"n": n}


def _late(n: int, unit: str) -> str:
    if unit == "workday":
        return ngettext("Closed %(n)d working day late", "Closed %(n)d working days late", n) % {"n": n}
    if unit in ("hour", "workhour"):
        return _("Closed %(span)s late") % {"span": _span(n)}
    return ngettext("Closed %(n)d day late", "Closed %(n)d days late", n) % {"n": n}
