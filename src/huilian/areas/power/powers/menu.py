"""Entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

SEE = "powers.see"
ITEMS = [
    MenuItem("power", _("Use a power"), "powers-choose", "circle-play", action="powers.run", order=10),
    MenuItem("power", _("Three lists"), "powers-lists", "list-checks", action=SEE, order=11),
    MenuItem("power", _("How the lists are used"), "powers-figures", "chart-column", action=SEE, order=12),
    MenuItem("power", _("Procedures"), "powers-flows", "route", action=SEE, order=19),
]
