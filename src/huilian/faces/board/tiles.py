"""Alerts on the board: the engine's own tile, since alerts belong to no area."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from huilian.engine.alerts.figures import MONEY
from huilian.engine.alerts.queries import LEVELS, open_alerts
from huilian.engine.look.text import say
from huilian.engine.tiles import values
from huilian.engine.tiles.registry import Asked, Tile

from . import money

SHOWN = 5


def latest_alerts(asked: Asked) -> values.Feed:
    """The newest alerts that are still to be dealt with."""
    return _feed(open_alerts(asked.user))


def latest_of_money(asked: Asked) -> values.Feed:
    """The same, of rules about collective money."""
    return _feed(open_alerts(asked.user).filter(group__in=MONEY))


def _feed(alerts) -> values.Feed:
    found = alerts.filter(colour__gt=0).select_related("place", "township", "unit", "case")
    items = [
        values.FeedItem(
            level=LEVELS[alert.colour],
            words=say(alert.reason) or say(alert.names),
            where=str(alert.township or alert.place or ""),
            who=str(alert.unit or ""),
            at=alert.raised_at,
            href=reverse("desk-case", args=[alert.case.number]) if alert.case_id else "",
        )
        for alert in found.order_by("-raised_at", "-id")[:SHOWN]
    ]
    return values.Feed(items)


TILES = (
    Tile(
        "alerts.latest",
        gettext_lazy("Alerts"),
        "feed",
        latest_alerts,
        gettext_lazy("newest first, renewed every 15 seconds"),
        link="board-feed",
        order=60,
    ),
    *money.TILES,
    Tile(
        "money.latest",
        gettext_lazy("Alerts about money"),
        "feed",
        latest_of_money,
        gettext_lazy("newest first, renewed every 15 seconds"),
        link="board-feed",
        query=f"page={money.PAGE}",
        page=money.PAGE,
        order=60,
    ),
)
