"""Alerts in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [MenuItem("watchtower", _("Results of the rules"), "alert-results", "gauge", action="case.see", order=30)]
