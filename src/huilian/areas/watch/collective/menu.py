"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from . import menu_books, menu_money

ITEMS = [
    *menu_money.ITEMS,
    *menu_books.ITEMS,
    MenuItem(
        "watch", _("Village on one page"), "collective-villages", "layout-dashboard", action="collective.see", order=40
    ),
    MenuItem("watch", _("Contracts to watch"), "collective-watch", "calendar-clock", action="collective.see", order=42),
]
