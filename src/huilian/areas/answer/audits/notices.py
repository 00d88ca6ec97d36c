"""How notices about audits read. A number, never a word of what was found."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "audits.proposed": Wording(_("In {town}, {count} audits of village heads are due. Plan them or put them aside.")),
    "audits.noticed": Wording(_("The audit {number} concerns you. Read the notice.")),
    "audits.consulted": Wording(_("The draft of the audit {number} is there. Answer each finding by {due}.")),
    "audits.reported": Wording(_("The report of the audit {number} is issued. Findings are to be put right by {due}.")),
}
