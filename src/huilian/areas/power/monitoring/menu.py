"""Entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [MenuItem("power", _("Event logs"), "monitoring-logs", "gauge", action="monitoring.logs", order=60)]
