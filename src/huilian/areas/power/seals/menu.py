"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("power", _("Seals"), "seals-home", "stamp", action="seals.see", order=60),
    MenuItem("power", _("Minutes people wait for a seal"), "seals-figures", "timer", action="seals.see", order=61),
]
