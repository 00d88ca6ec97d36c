"""The area's entries in the side menu."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.menu import MenuItem

ITEMS = [
    MenuItem(
        "answer", _("Calendar of checks"), "inspections-calendar", "calendar-days", action="inspections.fill", order=30
    ),
    MenuItem(
        "answer", _("Findings and repairs"), "inspections-findings", "list-checks", action="inspections.see", order=31
    ),
    MenuItem("answer", _("Coverage of villages"), "inspections-coverage", "map", action="inspections.plan", order=32),
    MenuItem("answer", _("Supervision letters"), "inspections-letters", "mail", action="inspections.see", order=33),
    MenuItem("answer", _("Talks"), "inspections-talks", "messages-square", action="inspections.see", order=34),
    MenuItem("answer", _("Tasks of units"), "inspections-tasks", "list-checks", action="inspections.see", order=35),
    MenuItem(
        "answer", _("Meetings over figures"), "inspections-meetings", "users", action="inspections.plan", order=36
    ),
]
