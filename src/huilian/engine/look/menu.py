"""The side menu of the desk. An app declares `menu.py` with `ITEMS`; only what the person may do is shown.

ITEMS = [MenuItem("hear", _("Hotline"), "hotline-list", "phone-call", action="hotline.view", order=10)]
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from .counting import MOST, counts_up_to

BELL = "desk-notices"  # the entry whose number the bell on top repeats
GROUPS = {  # in the order in which they stand
    "mine": "",
    "hear": _("Listening to people"),
    "serve": _("Serving people"),
    "watch": _("Money and assets"),
    "power": _("Use of power"),
    "answer": _("Who answers for it"),
    "watchtower": _("Supervision"),
    "house": _("The house"),
}


@dataclass(frozen=True)
class MenuItem:
    """One entry. `action` is the permission to ask for (none: everybody signed in); `rows(user)` gives lists of rows
    that share none, of which the number is shown; `hot` shows that number as a call to act; `alone`: not current on
    pages below it."""

    group: str
    label: str
    url_name: str
    icon: str
    action: str | None = None
    rows: Callable[[Any], list[QuerySet]] | None = None
    hot: bool = False
    order: int = 100
    alone: bool = False


@dataclass(frozen=True)
class Shown:
    """An entry as the template needs it."""

    label: str
    href: str
    icon: str
    current: bool
    count: str
    hot: bool


_allowed: list[Callable] = []


def register_filter(allowed: Callable) -> Callable:
    """`allowed(user, action) -> bool` decides what is shown. Engine access registers itself here."""
    _allowed[:] = [allowed]
    return allowed


@lru_cache(maxsize=1)
def declared() -> tuple[MenuItem, ...]:
    """Everything the apps declare, in order of group, `order` and name of app."""
    items: list[MenuItem] = []
    for config in apps.get_app_configs():
        if config.name.startswith("huilian.") and config.name != __package__ and find_spec(f"{config.name}.menu"):
            items += import_module(f"{config.name}.menu").ITEMS
    groups = list(GROUPS)
    return tuple(sorted(items, key=lambda i: (groups.index(i.group), i.order)))


def bell(request) -> int:
    """Unread notices of the person: the number of the entry with the bell."""
    return _counts(request).get(BELL, 0)


def _signed_in(request) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


def _items(request) -> list[MenuItem]:
    if not _signed_in(request):
        return []
    may = _allowed[0] if _allowed else (lambda user, action: True)
    return [i for i in declared() if i.action is None or may(request.user, i.action)]


def _counts(request) -> dict[str, int]:
    """How many rows lie behind each entry, by `url_name`: all in one query, once a page."""
    if not hasattr(request, "_menu_counts"):
        lists = [(item.url_name, rows) for item in _items(request) if item.rows for rows in item.rows(request.user)]
        request._menu_counts = Counter()
        for (name, _rows), n in zip(lists, counts_up_to([rows for _name, rows in lists]), strict=True):
            request._menu_counts[name] += n
    return request._menu_counts


def shown(request, items=None) -> list[tuple[str, list[Shown]]]:
    """Groups of entries for this request: [(heading, entries)]."""
    items = _items(request) if items is None else items
    found = []
    for item in items:
        try:
            found.append((item, reverse(item.url_name)))
        except NoReverseMatch:
            continue  # the page is not installed here
    at = request.path
    here = max((h for item, h in found if at == h or (at.startswith(h) and not item.alone)), key=len, default="")
    groups: dict[str, list[Shown]] = {}
    for item, href in found:
        n = _counts(request)[item.url_name] if item.rows else 0
        count = f"{MOST:,}+" if n > MOST else f"{n or ''}"
        entry = Shown(str(item.label), href, item.icon, href == here, count, item.hot and n > 0)
        groups.setdefault(item.group, []).append(entry)
    return [(str(GROUPS[group]), entries) for group, entries in groups.items()]
