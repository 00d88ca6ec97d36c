"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("watch", _("Village works and purchases"), "works-home", "tractor", action="works.see", order=40),
    MenuItem("watch", _("Scores of works"), "works-scores", "gauge", action="works.see", order=41),
]
