"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("hear", _("Who watches"), "watchers-home", "eye", action="watchers.see", order=60),
    MenuItem("hear", _("What the network says"), "watchers-figures", "chart-column", action="watchers.line", order=61),
]
