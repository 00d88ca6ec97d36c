"""How notices about campaigns read."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "campaigns.festival": Wording(_("Before the holiday: {text}")),
    "campaigns.over": Wording(_("The report {number} is over a limit or late. Check it.")),
    "campaigns.late": Wording(_("The report after the occasion {number} is late.")),
    "campaigns.caution": Wording(_("The caution {number} concerns you: read where it stands and what you may do.")),
    "campaigns.caution_appeal": Wording(_("There is an appeal against the caution {number}, to be decided by {due}.")),
}
