"""The desk's own entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem
from huilian.engine.procedures.worklists import MOST, counts_up_to, tasks_of

from .views.supervisions import to_answer


def _waiting(request) -> list[int]:
    """Tasks and supervisions that wait for the person: both in one query, once a page."""
    if not hasattr(request, "_waiting"):
        request._waiting = counts_up_to([tasks_of(request.user), to_answer(request.user)])
    return request._waiting


def _tasks(request) -> int | str:
    n = _waiting(request)[0]
    return n if n <= MOST else f"{MOST:,}+"


def _unanswered(request) -> int | None:
    return _waiting(request)[1] or None


ITEMS = [
    MenuItem("mine", _("My tasks"), "desk-home", "list-checks", count=_tasks, order=1),
    MenuItem("mine", _("All cases"), "desk-cases", "folder-open", action="case.see", order=2),
    MenuItem("watchtower", _("Handling of alerts"), "desk-alerts", "triangle-alert", action="case.see", order=10),
    MenuItem(
        "mine",
        _("Supervisions"),
        "desk-supervisions",
        "siren",
        action="case.see",
        count=_unanswered,
        hot=True,
        order=3,
    ),
]
