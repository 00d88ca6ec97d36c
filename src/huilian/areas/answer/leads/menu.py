"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("answer", _("Problem leads"), "leads-home", "lock", action="leads.see", order=10),
    MenuItem("answer", _("Register a lead"), "leads-new", "plus", action="leads.register", order=10),
    MenuItem("answer", _("Meetings on leads"), "leads-meetings", "users", action="leads.see", order=11),
    MenuItem("answer", _("Stock-taking"), "leads-stock", "list-checks", action="leads.see", order=12),
    MenuItem("answer", _("Charts and papers"), "leads-papers", "route", action="leads.see", order=13),
    MenuItem("answer", _("Figures on leads"), "leads-figures", "gauge", action="leads.figures", order=14),
]
