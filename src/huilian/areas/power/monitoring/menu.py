"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

SEE = "monitoring.see"
ITEMS = [
    MenuItem("power", _("Live cases"), "monitoring-live", "gauge", action=SEE, order=40),
    MenuItem("power", _("Cards and corrections"), "monitoring-breaches", "flag", action=SEE, order=41),
    MenuItem("power", _("Quarterly evaluation"), "monitoring-evaluations", "badge-check", action=SEE, order=42),
    MenuItem("power", _("Counts of monitoring"), "monitoring-statistics", "table", action=SEE, order=43),
    MenuItem(
        "power", _("Complaints about acts"), "monitoring-complaints", "message-square-warning", action=SEE, order=44
    ),
    MenuItem("power", _("Event logs"), "monitoring-logs", "gauge", action="monitoring.logs", order=46),
    MenuItem("power", _("Register a penalty case"), "monitoring-penalty", "scale", action="penalty.file", order=45),
]
