"""The registers in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [MenuItem("mine", _("Registers"), "registers", "table", order=50)]
