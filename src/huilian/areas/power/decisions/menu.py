"""The area's entry in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [MenuItem("power", _("Decisions"), "decisions-home", "vote", action="decisions.see", order=50)]
