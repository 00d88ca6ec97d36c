"""The books in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [MenuItem("watch", _("Account sets"), "collective-books", "book-open", action="collective.see", order=30)]
