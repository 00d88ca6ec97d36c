"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

from .queries.reach import visible_to

ITEMS = [
    MenuItem("hear", _("Tips"), "tips-home", "shield-alert", action="tips.see", order=60,
             rows=lambda user: [visible_to(user).filter(case__state="open")]),
    MenuItem("hear", _("Take a tip in"), "tips-take", "pencil", action="tips.take", order=61),
    MenuItem("hear", _("Video visits"), "tips-visits", "video", action="tips.take", order=62),
    MenuItem("hear", _("Approvals of tips"), "tips-approvals", "gavel", action="tips.approve", order=63),
    MenuItem("hear", _("Tips in numbers"), "tips-figures", "chart-column", action="tips.figures", order=64),
]  # fmt: skip
