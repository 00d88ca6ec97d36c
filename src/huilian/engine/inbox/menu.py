"""The inbox in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look import menu
from huilian.engine.look.menu import MenuItem

from .queries import notices_of


def _unread(user) -> list:
    return [notices_of(user, unread=True)]


ITEMS = [MenuItem("mine", _("My notices"), menu.BELL, "bell", rows=_unread, hot=True, order=20)]
