"""The area's entry in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [MenuItem("answer", _("Audits of village heads"), "audits-home", "landmark", action="audits.see", order=40)]
