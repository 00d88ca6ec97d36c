"""The operators' entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from . import menu_reporting
from .queries import CALLING, INCOMING, waiting_at_centre

ITEMS = [
    MenuItem("hear", _("Take a call"), "hotline-take", "phone-call", action="hotline.take", order=1),
    MenuItem(
        "hear",
        _("Incoming matters"),
        "hotline-incoming",
        "phone-incoming",
        action="hotline.take",
        rows=lambda user: waiting_at_centre(user, INCOMING),
        order=2,
    ),
    MenuItem(
        "hear",
        _("Call-backs"),
        "hotline-call-backs",
        "phone-outgoing",
        action="hotline.take",
        rows=lambda user: waiting_at_centre(user, CALLING),
        order=3,
    ),
    *menu_reporting.ITEMS,
]
