"""The side menu of the desk. An app declares `menu.py` with `ITEMS`; only what the person may do is shown.

ITEMS = [MenuItem("hear", _("Hotline"), "hotline-list", "phone-call", action="hotline.view", order=10)]
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

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
    """One entry. `action` is the permission to ask for (none: everybody signed in); `count` gives a number for the
    request, or nothing; `hot` shows that number as a call to act."""

    group: str
    label: str
    url_name: str
    icon: str
    action: str | None = None
    count: Callable | None = None
    hot: bool = False
    order: int = 100


@dataclass(frozen=True)
class Shown:
    """An entry as the template needs it."""

    label: str
    href: str
    icon: str
    current: bool
    count: int | None
    hot: bool


_allowed: list[Callable] = []
_bells: list[Callable] = []


def register_filter(allowed: Callable) -> Callable:
    """`allowed(user, action) -> bool` decides what is shown. Engine access registers itself here."""
    _allowed[:] = [allowed]
    return allowed


def register_bell(count: Callable) -> Callable:
    """`count(request) -> int` of unread notices. Engine inbox registers itself here."""
    _bells[:] = [count]
    return count


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
    """Unread notices of the person."""
    return _bells[0](request) if _bells and _signed_in(request) else 0


def _signed_in(request) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


def shown(request, items=None) -> list[tuple[str, list[Shown]]]:
    """Groups of entries for this request: [(heading, entries)]."""
    if items is None:
        if not _signed_in(request):
            return []
        may = _allowed[0] if _allowed else (lambda user, action: True)
        items = [i for i in declared() if i.action is None or may(request.user, i.action)]
    found = []
    for item in items:
        try:
            found.append((item, reverse(item.url_name)))
        except NoReverseMatch:
            continue  # the page is not installed here
    here = max((h for _, h in found if request.path.startswith(h)), key=len, default="")
    groups: dict[str, list[Shown]] = {}
    for item, href in found:
        count = item.count(request) if item.count else None
        entry = Shown(str(item.label), href, item.icon, href == here, count, item.hot and bool(count))
        groups.setdefault(item.group, []).append(entry)
    return [(str(GROUPS[group]), entries) for group, entries in groups.items()]
