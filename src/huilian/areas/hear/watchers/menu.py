"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("hear", pgettext_lazy("watchers", "Who watches"), "watchers-home", "eye", action="watchers.see", order=60),
    MenuItem("hear", _("What the network says"), "watchers-figures", "chart-column", action="watchers.line", order=61),
]
