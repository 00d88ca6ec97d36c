"""Report, programmes and media items in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from .reporting.media import overdue_promises

ITEMS = [
    MenuItem(
        "hear",
        _("Programmes and promises"),
        "hotline-programmes",
        "radio",
        action="hotline.media",
        rows=lambda user: [overdue_promises(user)],
        hot=True,
        order=60,
    ),
    MenuItem("hear", _("Media items"), "hotline-media", "newspaper", action="hotline.media", order=61),
    MenuItem("hear", _("Monthly report"), "hotline-report", "chart-column", action="hotline.report", order=70),
]
