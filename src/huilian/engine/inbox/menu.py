"""The inbox in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from .queries import unread_count

ITEMS = [
    MenuItem("mine", _("My notices"), "desk-notices", "bell", count=lambda r: unread_count(r.user), hot=True, order=20)
]
