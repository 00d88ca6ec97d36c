"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("answer", _("Talks and safety"), "office-home", "messages-square", action="office.see", order=20),
    MenuItem("answer", _("Supervision offices"), "office-offices", "building-2", action="office.work", order=21),
    MenuItem(
        "answer",
        _("Files for other systems"),
        "office-exchange",
        "arrow-right-left",
        action="office.exchange",
        order=22,
    ),
]
