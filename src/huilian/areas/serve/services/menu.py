"""Entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

TAKE, SEE, OVERSEE = "service.take", "service.see", "service.oversee"
ITEMS = [
    MenuItem("serve", _("Take an application"), "services-take", "clipboard-list", action=TAKE, order=1),
    MenuItem("serve", _("Services in hand"), "services-list", "briefcase-business", action=SEE, order=2),
    MenuItem("serve", _("First asked"), "services-inquiries", "message-circle", action=TAKE, order=3),
    MenuItem("serve", _("People's diary"), "services-diary", "book-open", action="service.diary", order=4),
    MenuItem("serve", _("Duty rota"), "services-duty", "calendar-days", action=SEE, order=5),
    MenuItem("serve", _("Ratings"), "services-ratings", "star", action=SEE, order=6),
    MenuItem("serve", _("Service points"), "services-points", "map-pin", action=SEE, order=7),
    MenuItem("serve", _("Figures of the services"), "services-figures", "chart-column", action=SEE, order=8),
]
