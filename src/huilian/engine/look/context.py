"""What every template has: preferences, the site's own words, the menu and the bell (asked for only where shown)."""

from huilian.foundation.now import now

from . import menu, preferences
from .site import site


def look(request):
    """Context processor."""
    return {
        "pref": getattr(request, "pref", None) or preferences.Preferences(),
        "site": site(),
        "now": now(),
        "menu": lambda: menu.shown(request),
        "bell": lambda: menu.bell(request),
        "trace": getattr(request, "trace", ""),
    }
