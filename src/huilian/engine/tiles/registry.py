"""Every app declares its tiles in `tiles.py`; a board puts them together and knows no area.

    TILES = (Tile("hotline.open", _("Open"), "number", read_open, link="desk-cases"),)

`shape` names the part that draws it (templates/tiles/<shape>.html) and so the kind of reading that `read` returns:
number, bars, lamps, places, units, trend, feed (see values.py). A tile shows what the person may see: `read(asked)`
narrows the rows by `asked.user`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from .period import Period, last_days

SHAPES = ("number", "bars", "lamps", "places", "units", "trend", "feed")


@dataclass(frozen=True)
class Asked:
    """What a tile is asked: who looks, over which stretch. `once` shares a query between the tiles of one page."""

    user: object
    period: Period
    kept: dict

    def once(self, query: Callable, *args):
        key = (query, *args)
        if key not in self.kept:
            self.kept[key] = query(self.user, *args)
        return self.kept[key]


@dataclass(frozen=True)
class Tile:
    """「看板块」 One piece. `formula` says how it is counted; `link` is the name of the page with the rows."""

    key: str
    title: object
    shape: str
    read: Callable[[Asked], object]
    formula: object = ""
    link: str = ""
    query: str = ""  # what stands behind the ? of the link
    days: int = 30  # the stretch it is about
    size: str = "small"  # small, large: how much room it wants
    page: str = "overview"  # the board's page it stands on
    order: int = 100

    @property
    def href(self) -> str:
        try:
            return (reverse(self.link) + (f"?{self.query}" if self.query else "")) if self.link else ""
        except NoReverseMatch:
            return ""

    @property
    def template(self) -> str:
        return f"tiles/{self.shape}.html"


@dataclass(frozen=True)
class Shown:
    """A tile with what it read."""

    tile: Tile
    reading: object


@cache
def declared() -> dict[str, Tile]:
    """All tiles of all apps in their order. Raises ValueError for a key declared twice or a shape nobody draws."""
    found: dict[str, Tile] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.tiles"
        if config.name.startswith("huilian.") and find_spec(name):
            for tile in getattr(import_module(name), "TILES", ()):
                if tile.key in found:
                    raise ValueError(f"{name} declares '{tile.key}' a second time")
                if tile.shape not in SHAPES:
                    raise ValueError(f"{name}: nobody draws the shape '{tile.shape}' of '{tile.key}'")
                found[tile.key] = tile
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def tiles_of(page: str = "overview", shapes: Iterable[str] = SHAPES) -> list[Tile]:
    """The tiles of one page of the board."""
    wanted = set(shapes)
    return [tile for tile in declared().values() if tile.page == page and tile.shape in wanted]


def read(tiles: Iterable[Tile], user) -> list[Shown]:
    """What `tiles` show to `user` now; a query that several of them need is asked once."""
    kept: dict = {}
    return [Shown(tile, tile.read(Asked(user, last_days(tile.days), kept))) for tile in tiles]
