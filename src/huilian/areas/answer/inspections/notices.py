"""How notices of inspections read."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "inspections.invited": Wording(_("You are invited to talk {number} on {day}.")),
    "inspections.task": Wording(_("Task {number} is to be done and proved by {day}.")),
    "inspections.no_patrol": Wording(_("No patrol of diligence and honesty is planned for {year} yet.")),
}
