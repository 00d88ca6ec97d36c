"""The desk's own entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem
from huilian.engine.procedures.worklists import tasks_of

from .views.supervisions import to_answer

ITEMS = [
    MenuItem(
        "mine", _("My tasks"), "desk-home", "list-checks", rows=lambda user: [tasks_of(user)], order=1, alone=True
    ),
    MenuItem("mine", _("All cases"), "desk-cases", "folder-open", action="case.see", order=2),
    MenuItem("watchtower", _("Handling of alerts"), "desk-alerts", "triangle-alert", action="case.see", order=10),
    MenuItem(
        "mine",
        _("Supervisions"),
        "desk-supervisions",
        "siren",
        action="case.see",
        rows=lambda user: [to_answer(user)],
        hot=True,
        order=3,
    ),
]
