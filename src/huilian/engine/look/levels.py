"""The levels of urgency and how a clock is put into words. A level is a colour, a shape and words together."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

OK, YELLOW, ORANGE, RED, DONE, PAUSE = "ok", "yellow", "orange", "red", "done", "pause"
BY_COLOUR = (OK, YELLOW, ORANGE, RED)  # the numbers that clocks and alerts store
NAMES = {
    OK: gettext_lazy("In time"),
    YELLOW: gettext_lazy("Yellow alert"),
    ORANGE: gettext_lazy("Orange alert"),
    RED: gettext_lazy("Red alert"),
    DONE: gettext_lazy("Done"),
    PAUSE: gettext_lazy("Paused"),
}


def level_of(colour: int, state: str = "running") -> str:
    """The level of a clock that stores `colour` (0 to 3) and `state` (running, paused, stopped)."""
    if state == "paused":
        return PAUSE
    return DONE if state == "stopped" and not colour else BY_COLOUR[colour]


@dataclass(frozen=True)
class ClockFace:
    """What a page shows of one clock. `unit` is workday, day, month or hour; `left` is negative when overdue.

    Built by whoever has the clock; the drawings and the words need nothing else.
    """

    level: str
    limit: int
    used: int
    left: int
    due: date | datetime | None = None
    unit: str = "workday"
    stopped: bool = False
    provisional: bool = False  # the calendar of that year is not published yet
    extended: bool = False

    @property
    def over(self) -> int:
        return max(0, -self.left)

    @property
    def paused(self) -> bool:
        return self.level == PAUSE

    @property
    def name(self) -> str:
        return str(NAMES[self.level])

    @property
    def text(self) -> str:
        """The state in words: 剩 2 个工作日, 今日到期, 超期 1 个工作日."""
        if self.stopped:
            return late(self.over, self.unit) if self.over else _("Closed in time")
        if self.paused:
            return _("Clock paused")
        if self.over:
            return overdue(self.over, self.unit)
        if self.left == 0 and self.unit != "hour":
            return _("Due today")
        return left(self.left, self.unit)

    @property
    def measure(self) -> str:
        """Used of granted: 3/7 日."""
        unit = {"hour": _("h"), "month": _("mo")}.get(self.unit, _("d"))
        return f"{self.used}/{self.limit} {unit}"


def left(n: int, unit: str) -> str:
    """剩 n 个工作日."""
    if unit == "hour":
        return ngettext("%(n)d working hour left", "%(n)d working hours left", n) % {"n": n}
    if unit == "workday":
        return ngettext("%(n)d workday left", "%(n)d workdays left", n) % {"n": n}
    return ngettext("%(n)d day left", "%(n)d days left", n) % {"n": n}


def overdue(n: int, unit: str) -> str:
    """超期 n 个工作日."""
    if unit == "hour":
        return ngettext("%(n)d working hour overdue", "%(n)d working hours overdue", n) % {"n": n}
    if unit == "workday":
        return ngettext("%(n)d workday overdue", "%(n)d workdays overdue", n) % {"n": n}
    return ngettext("%(n)d day overdue", "%(n)d days overdue", n) % {"n": n}


def late(n: int, unit: str) -> str:
    """超期 n 个工作日办结."""
    if unit == "hour":
        return ngettext("Closed %(n)d working hour late", "Closed %(n)d working hours late", n) % {"n": n}
    if unit == "workday":
        return ngettext("Closed %(n)d workday late", "Closed %(n)d workdays late", n) % {"n": n}
    return ngettext("Closed %(n)d day late", "Closed %(n)d days late", n) % {"n": n}


def limit(n: int, unit: str) -> str:
    """n 个工作日, as a limit granted by law."""
    if unit == "hour":
        return ngettext("%(n)d working hour", "%(n)d working hours", n) % {"n": n}
    if unit == "month":
        return ngettext("%(n)d month", "%(n)d months", n) % {"n": n}
    if unit == "workday":
        return ngettext("%(n)d workday", "%(n)d workdays", n) % {"n": n}
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}
