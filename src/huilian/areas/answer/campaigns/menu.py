"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("answer", _("Campaigns"), "campaigns-home", "flag", action="campaigns.see", order=40),
    MenuItem(
        "answer", _("Cautions about efficiency"), "campaigns-cautions", "scale", action="campaigns.cautions", order=41
    ),
    MenuItem(
        "answer", _("Family occasions"), "campaigns-occasions", "clipboard-list", action="campaigns.conduct", order=42
    ),
    MenuItem("mine", _("My family occasions"), "campaigns-mine", "clipboard-list", action="campaigns.report", order=60),
]
