"""The money chain on the wall: what stands red, what is late, what was repaired, what came back."""

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from huilian.engine.alerts import figures
from huilian.engine.look.levels import NAMES
from huilian.engine.look.text import money, say
from huilian.engine.tiles import values
from huilian.engine.tiles.period import month_at
from huilian.engine.tiles.registry import Asked, Tile
from huilian.foundation.now import now, today

PAGE = "money"
DAYS, UNITS = 30, 5
COLOURS = {"red": 3, "orange": 2, "yellow": 1}
NOTES = {
    "red": gettext_lazy("the commission follows them"),
    "orange": gettext_lazy("township and county department"),
    "yellow": gettext_lazy("the village puts it right itself"),
}


def _list(**query) -> str:
    return f"{reverse('desk-alerts')}?{urlencode(query)}"


def month_so_far(user) -> figures.Repaired:
    """What was verified since the first of this month."""
    month = month_at(now())
    return figures.repaired(user, month.since, month.until)


def red_now(asked: Asked) -> values.Number:
    found = asked.once(figures.standing)
    words = _("red of %(all)s in hand: orange %(orange)s, yellow %(yellow)s, green but not closed %(ok)s") % {
        "all": found.open,
        **found.by_colour,
    }
    return values.Number(
        found.by_colour["red"], pgettext("unit", "alerts"), words, level="red" if found.by_colour["red"] else ""
    )


def late_now(asked: Asked) -> values.Number:
    found = asked.once(figures.standing)
    words = _("past the limit of their step, %(late)s of %(all)s in hand") % {"late": found.late, "all": found.open}
    return values.Number(found.late, pgettext("unit", "alerts"), words, str(values.Rate(found.late, found.open)))


def repaired(asked: Asked) -> values.Number:
    found = asked.once(month_so_far)
    words = _("looked at %(ordered)s, put right %(passed)s, of these green %(green)s, since the 1st") % found._asdict()
    return values.Number(found.green, pgettext("unit", "alerts"), words, str(values.Rate(found.passed, found.ordered)))


def recovered(asked: Asked) -> values.Number:
    found = asked.once(month_so_far)
    words = ngettext(
        "%(sum)s from %(n)s verified repair since the 1st, no estimate",
        "%(sum)s from %(n)s verified repairs since the 1st, no estimate",
        found.recovered_in,
    ) % {"sum": money(found.recovered_cents), "n": found.recovered_in}
    return values.Number(money(found.recovered_cents, 0), _("yuan"), words)


def lamps(asked: Asked) -> values.Lamps:
    counts = asked.once(figures.standing).by_colour
    return values.Lamps(
        [(level, NAMES[level], NOTES[level], counts[level], _list(colour=n)) for level, n in COLOURS.items()]
    )


def rules(asked: Asked) -> values.Bars:
    return values.Bars([(f"{rule} {say(names)}", n, _list(q="")) for rule, names, n in asked.once(figures.by_rule)])


def townships(asked: Asked) -> values.Places:
    rows = asked.once(figures.by_township)
    heats = values.heat_of([n for _place, n, _levels in rows])
    return values.Places(
        [
            values.PlaceTile(place.name, n, list(levels.items()), heat, _list(township=place.pk))
            for (place, n, levels), heat in zip(rows, heats, strict=True)
        ]
    )


def days(asked: Asked) -> values.Trend:
    stretch = [today() - timedelta(days=n) for n in range(DAYS - 1, -1, -1)]
    raised, verified = figures.by_day(asked.user, stretch)
    return values.Trend(stretch, [(pgettext("count", "Raised"), raised), (pgettext("count", "Put right"), verified)])


def units(asked: Asked) -> values.Units:
    rows = figures.by_unit(asked.user, asked.period.since, asked.period.until)
    shown = [
        values.UnitRow(str(unit), in_hand, late, values.Rate(on_time, closed), values.Rate(on_time, closed + late))
        for unit, in_hand, late, closed, on_time in rows[:UNITS]
    ]
    return values.Units(shown, left_out=max(0, len(rows) - UNITS))


MONTH = gettext_lazy("last 30 days")
TILES = (
    Tile(
        "money.red",
        gettext_lazy("Red now"),
        "number",
        red_now,
        link="desk-alerts",
        query="colour=3",
        page=PAGE,
        order=1,
    ),
    Tile(
        "money.late",
        gettext_lazy("Past the limit"),
        "number",
        late_now,
        link="desk-alerts",
        query="level=red",
        page=PAGE,
        order=2,
    ),
    Tile("money.repaired", gettext_lazy("Repaired this month"), "number", repaired, page=PAGE, order=3),
    Tile("money.recovered", gettext_lazy("Recovered this month"), "number", recovered, page=PAGE, order=4),
    Tile("money.lamps", gettext_lazy("Alerts by colour"), "lamps", lamps, gettext_lazy("in hand"), page=PAGE, order=10),
    Tile(
        "money.rules", gettext_lazy("What the rules find"), "bars", rules, gettext_lazy("in hand"), page=PAGE, order=20
    ),
    Tile(
        "money.townships",
        gettext_lazy("Alerts by township"),
        "places",
        townships,
        gettext_lazy("in the order of codes, not a map"),
        size="large",
        page=PAGE,
        order=30,
    ),
    Tile("money.days", gettext_lazy("Raised and put right"), "trend", days, MONTH, page=PAGE, order=40),
    Tile(
        "money.units",
        gettext_lazy("Who is late"),
        "units",
        units,
        gettext_lazy("replies in time of those closed in 30 days; no ranking for assessment"),
        size="large",
        page=PAGE,
        order=50,
    ),
)
