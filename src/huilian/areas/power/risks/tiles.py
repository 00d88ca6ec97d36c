"""Integrity risks on the board, narrowed by what the person may see."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.tiles import values
from huilian.engine.tiles.registry import Asked, Tile

from .models import RiskPoint
from .queries import reach
from .queries.figures import lead


def first_grade(asked: Asked) -> values.Number:
    points = reach.visible_points(asked.user).filter(state=RiskPoint.State.FINAL).order_by()
    counts = dict(points.values_list("grade").annotate(n=Count("pk")))
    words = _("points in force of grade one; grade two %(b)s, grade three %(c)s") % {
        "b": counts.get(2, 0),
        "c": counts.get(3, 0),
    }
    left = points.filter(grade=1, registered_on=None).count()
    return values.Number(counts.get(1, 0), _("risk points"), words, _("not registered yet %(n)s") % {"n": left})


def notice(asked: Asked) -> values.Number:
    found = lead(reach.visible_signals(asked.user).order_by())
    days = found["to_notice"]
    words = _("middle of the days from signal to notice, counted on %(n)s signals") % {"n": found["noticed"]}
    return values.Number("—" if days is None else f"{days:g}", _("days") if days is not None else "", words)


TILES = (
    Tile("risks.first", gettext_lazy("Risks of grade one"), "number", first_grade, link="risks-matrix", order=90),
    Tile("risks.notice", gettext_lazy("Signal to notice"), "number", notice, link="risks-signals", order=91),
)
