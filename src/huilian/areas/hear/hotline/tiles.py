"""The hotline on the board. What it shows is narrowed by what the person may see."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from huilian.engine.look.levels import NAMES
from huilian.engine.tiles import values
from huilian.engine.tiles.registry import Asked, Tile

from .reporting import figures, live

TOPICS, UNITS = 7, 5  # what a wall of 1080 lines has room for
LAMPS = (
    ("red", pgettext_lazy("count", "Overdue")),
    ("orange", gettext_lazy("Due today or within a day")),
    ("yellow", gettext_lazy("Due soon")),
)


def _cases(**query) -> str:
    try:
        return f"{reverse('desk-cases')}?{urlencode({'kind': figures.KIND, **query})}"
    except NoReverseMatch:
        return ""


def received_today(asked: Asked) -> values.Number:
    counts = asked.once(live.by_day, asked.period, "received_at")
    today, yesterday = counts[-1], counts[-2]
    return values.Number(
        today,
        _("matters"),
        _("received from midnight until now"),
        _("yesterday %(n)s") % {"n": yesterday},
        series=counts[-14:],
    )


def open_now(asked: Asked) -> values.Number:
    counts = asked.once(live.standing)
    words = _("red %(red)s + orange %(orange)s + yellow %(yellow)s + in time %(ok)s + paused %(pause)s") % counts
    return values.Number(counts["all"], _("matters"), words)


def on_time(asked: Asked) -> values.Number:
    n = asked.once(live.counts_since, asked.period)
    due = values.Rate(n["on_time"], n["limited"] + n["overdue"])
    plain = values.Rate(n["on_time"], n["limited"])
    words = _("on time %(a)s ÷ (closed %(b)s + open and overdue %(c)s)") % {
        "a": n["on_time"],
        "b": n["limited"],
        "c": n["overdue"],
    }
    return values.Number(due.percent, "%" if due.whole else "", words, _("of closed alone %(rate)s") % {"rate": plain})


def satisfaction(asked: Asked) -> values.Number:
    n = asked.once(live.counts_since, asked.period)
    rate, reach = values.Rate(n["satisfied"], n["graded"]), values.Rate(n["heard"], n["closed"])
    words = _("satisfied %(a)s ÷ graded %(b)s; reached %(c)s of %(d)s closed") % {
        "a": n["satisfied"],
        "b": n["graded"],
        "c": n["heard"],
        "d": n["closed"],
    }
    solved = _("solved %(rate)s") % {"rate": values.Rate(n["solved"], n["said"])}
    return values.Number(
        rate.percent, "%" if rate.whole else "", words, f"{solved} · " + _("reached %(rate)s") % {"rate": reach}
    )


def reworked(asked: Asked) -> values.Number:
    n = asked.once(live.counts_since, asked.period)
    rate = values.Rate(n["reworked"], n["closed"])
    words = _("closed after more than one round %(a)s ÷ closed %(b)s") % {"a": n["reworked"], "b": n["closed"]}
    return values.Number(n["reworked"], _("matters"), words, str(rate))


def lamps(asked: Asked) -> values.Lamps:
    counts = asked.once(live.standing)
    return values.Lamps([(level, NAMES[level], note, counts[level], _cases(level=level)) for level, note in LAMPS])


def topics(asked: Asked) -> values.Bars:
    return values.Bars([(topic, n, "") for topic, n in asked.once(live.by_topic, asked.period)[:TOPICS]])


def townships(asked: Asked) -> values.Places:
    rows = asked.once(live.by_township)
    heats = values.heat_of([n for _place, n, _levels in rows])
    return values.Places(
        [
            values.PlaceTile(place.name, n, list(levels.items()), heat, _cases(township=place.pk))
            for (place, n, levels), heat in zip(rows, heats, strict=True)
        ]
    )


def units(asked: Asked) -> values.Units:
    rows = asked.once(live.by_unit, asked.period)
    shown = [values.UnitRow(str(unit), *counts) for unit, *counts in rows[:UNITS]]
    return values.Units(shown, left_out=max(0, len(rows) - UNITS))


def days(asked: Asked) -> values.Trend:
    lines = [
        (pgettext("count", "Received"), asked.once(live.by_day, asked.period, "received_at")),
        (pgettext("count", "Closed"), asked.once(live.by_day, asked.period, "closed_at")),
    ]
    return values.Trend(live.days_of(asked.period), lines)


MONTH = gettext_lazy("last 30 days")
TILES = (
    Tile("hotline.received", gettext_lazy("Received today"), "number", received_today, link="desk-cases", order=1),
    Tile("hotline.open", gettext_lazy("Open"), "number", open_now, link="desk-cases", query="kind=hotline", order=2),
    Tile("hotline.on_time", gettext_lazy("On time, 30 days"), "number", on_time, order=3),
    Tile("hotline.satisfaction", gettext_lazy("Satisfied, 30 days"), "number", satisfaction, order=4),
    Tile("hotline.reworked", gettext_lazy("Done again, 30 days"), "number", reworked, order=5),
    Tile("hotline.lamps", gettext_lazy("Time limits"), "lamps", lamps, gettext_lazy("open matters"), order=10),
    Tile("hotline.topics", gettext_lazy("What people raise"), "bars", topics, MONTH, order=20),
    Tile(
        "hotline.townships",
        gettext_lazy("Open matters by township"),
        "places",
        townships,
        gettext_lazy("in the order of codes, not a map"),
        size="large",
        order=30,
    ),
    Tile("hotline.days", gettext_lazy("Received and closed"), "trend", days, MONTH, order=40),
    Tile(
        "hotline.units",
        gettext_lazy("Units, worst first"),
        "units",
        units,
        gettext_lazy("on time and closed in the last 30 days, overdue now"),
        link="hotline-report",
        size="large",
        order=50,
    ),
)
