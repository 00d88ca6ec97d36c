"""Entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from .queries.desk import duties_of


def _late(user) -> list:
    return [duties_of(user, which="late")]


SEE, OVERSEE = "disclosure.see", "disclosure.oversee"
ITEMS = [
    MenuItem("serve", _("Publish"), "disclosure-duties", "scroll-text", action=SEE, rows=_late, hot=True, order=20),
    MenuItem("serve", _("Townships' publications"), "disclosure-township", "table", action=OVERSEE, order=21),
    MenuItem("serve", _("Withdrawn publications"), "disclosure-withdrawals", "undo-2", action=SEE, order=22),
]
