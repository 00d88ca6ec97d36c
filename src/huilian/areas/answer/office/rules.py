"""Time limits of talks, days of recurring duties. Pure functions; times are aware and in the county's own time.

None of these limits is set by a higher rule that we know of: each is a default of the house and the county's to change.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = 24 * 60
RISKS = (1, 2, 3)
MEDICAL_FROM = 2  # a grade of risk from which a medical check comes before the talk
AWAY = ("rest", "meal")  # marks after which nobody talks until "resume"


@dataclass(frozen=True)
class Warning:
    """`code` names a limit, counted from `since`; `left` minutes until it is reached, negative when it is past."""

    code: str
    left: int
    since: datetime

    @property
    def over(self) -> bool:
        return self.left < 0


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def in_night(at: datetime, limits: Mapping[str, int]) -> bool:
    """Whether `at` lies in the hours in which nobody is talked to."""
    return (_minute(at) - limits["night_from"]) % DAY < (limits["night_to"] - limits["night_from"]) % DAY


def fault_of(begins: datetime, ends: datetime, limits: Mapping[str, int]) -> str:
    """What is wrong with a planned stretch of time: "order", "longest", "night", or nothing."""
    if ends <= begins:
        return "order"
    if ends - begins > timedelta(minutes=limits["longest"]):
        return "longest"
    until_night = timedelta(minutes=(limits["night_from"] - _minute(begins)) % DAY)
    return "night" if in_night(begins, limits) or begins + until_night < ends else ""


def warnings(marks: Iterable[tuple[str, datetime]], limits: Mapping[str, int], at: datetime) -> list[Warning]:
    """What is due or past in a talk that runs, from its marks in order (start, rest, meal, resume, look, end)."""
    last: dict[str, datetime] = {}
    away = False
    for kind, when in marks:
        last[kind] = when
        away = kind in AWAY or (away and kind == "look")
    if "start" not in last or "end" in last:
        return []
    talking, fed, seen = (
        max(last[k] for k in kinds if k in last)
        for kinds in (("start", "resume"), ("start", "meal"), ("start", "look"))
    )
    due = {
        "longest": last["start"], "meal_after": fed, "look_every": seen, **({} if away else {"rest_after": talking}),
    }  # fmt: skip
    found = [
        Warning(code, limits[code] - int((at - since).total_seconds() // 60), since) for code, since in due.items()
    ]
    until_night = 0 if in_night(at, limits) else (limits["night_from"] - _minute(at)) % DAY
    found.append(Warning("night", until_night or -1, last["start"]))
    soon = {"look_every": 0}  # it comes so often that a reminder beforehand would be noise
    return sorted((w for w in found if w.left <= soon.get(w.code, limits["warn_before"])), key=lambda w: w.left)


def period_of(every: str, day: date) -> tuple[str, date]:
    """The name and the last day of the month, quarter or year that `day` lies in: ("2026-06", 30 June)."""
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12}[every]
    last = date(day.year, month, calendar.monthrange(day.year, month)[1])
    return {"month": f"{day:%Y-%m}", "quarter": f"{day.year}-Q{month // 3}", "year": str(day.year)}[every], last


def months_later(day: date, months: int) -> date:
    """The same number of the month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
