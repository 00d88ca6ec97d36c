"""Entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

SEE = "powers.see"
ITEMS = [MenuItem("power", _("Procedures"), "powers-flows", "route", action=SEE, order=19)]
