"""Screening in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem("watchtower", _("Rules"), "rules", "funnel", action="screening.see", order=40),
    MenuItem("watchtower", _("Datasets"), "rule-datasets", "table", action="screening.see", order=41),
    MenuItem("watchtower", _("Write a rule"), "rule-write", "pencil", action="screening.write", order=42),
]
