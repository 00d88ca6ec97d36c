"""The operators' entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from . import menu_reporting
from .queries import CALLING, INCOMING, waiting_at_centre


def _waiting(request) -> dict[str, int]:
    """What waits at the centre: one query a page for both entries."""
    if not hasattr(request, "_hotline_waiting"):
        request._hotline_waiting = waiting_at_centre(request.user)
    return request._hotline_waiting


def _count(*steps: str):
    return lambda request: sum(_waiting(request).get(step, 0) for step in steps) or None


ITEMS = [
    MenuItem("hear", _("Take a call"), "hotline-take", "phone-call", action="hotline.take", order=1),
    MenuItem(
        "hear",
        _("Incoming matters"),
        "hotline-incoming",
        "phone-incoming",
        action="hotline.take",
        count=_count(*INCOMING),
        order=2,
    ),
    MenuItem(
        "hear",
        _("Call-backs"),
        "hotline-call-backs",
        "phone-outgoing",
        action="hotline.take",
        count=_count(*CALLING),
        order=3,
    ),
    *menu_reporting.ITEMS,
]
