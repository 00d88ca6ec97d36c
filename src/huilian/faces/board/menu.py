"""The board in the side menu of those who lead."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [MenuItem("mine", _("Board"), "board", "layout-dashboard", action="board.see", order=8)]
