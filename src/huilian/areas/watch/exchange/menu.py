"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("watch", _("Exchange"), "exchange-home", "gavel", action="exchange.see", order=30),
    MenuItem("watch", _("Bring a lot to the exchange"), "exchange-apply", "plus", action="exchange.apply", order=31),
    MenuItem("watch", _("Shapes of prices"), "exchange-screens", "gauge", action="exchange.bidders", order=32),
]
