"""Petitions on the board, narrowed by what the person may see. Matters of units, never people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.tiles import values
from huilian.engine.tiles.registry import Asked, Tile
from huilian.foundation.now import today

from .queries import figures, reach


def _years(user) -> list[figures.Year]:
    return figures.years_of(reach.townships(user), today().year)


def stock(asked: Asked) -> values.Number:
    years = asked.once(_years)
    words = _("open and without a delivered answer, or under review; new this year %(n)s") % {
        "n": sum(y.new for y in years)
    }
    late = _("overdue %(a)s, skipped levels %(b)s") % {
        "a": sum(y.overdue for y in years),
        "b": sum(y.skips for y in years),
    }
    return values.Number(sum(y.stock for y in years), _("petitions"), words, late)


def townships(asked: Asked) -> values.Bars:
    years = sorted(asked.once(_years), key=lambda y: -y.stock)
    return values.Bars([(y.township.name, y.stock, "") for y in years[:7]])


TILES = (
    Tile("petitions.stock", gettext_lazy("Unsettled petitions"), "number", stock, link="petitions-home", order=95),
    Tile("petitions.townships", gettext_lazy("Unsettled petitions by township"), "bars", townships,
         link="petitions-home", order=96),
)  # fmt: skip
