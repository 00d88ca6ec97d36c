"""The inbox in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from .queries import unread_of

ITEMS = [MenuItem("mine", _("My notices"), "desk-notices", "bell", count=unread_of, hot=True, order=20)]
