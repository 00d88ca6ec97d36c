"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

SEE = "risks.see"
ITEMS = [
    MenuItem("power", _("Integrity risks"), "risks-home", "triangle-alert", action=SEE, order=30),
    MenuItem("power", _("Risks of my post"), "risks-mine", "user-check", action=SEE, order=30),
    MenuItem("power", _("Matrix of risks"), "risks-matrix", "table", action=SEE, order=31),
    MenuItem("power", _("Signals of risks"), "risks-signals", "radio", action=SEE, order=32),
    MenuItem("power", _("Disposals"), "risks-disposals", "gavel", action=SEE, order=33),
    MenuItem("power", _("Indicators of posts"), "risks-indicators", "gauge", action=SEE, order=34),
    MenuItem("power", _("Reports on risks"), "risks-reports", "file-text", action=SEE, order=35),
]
