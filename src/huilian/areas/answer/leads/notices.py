"""How notices about leads read. A number, never a word of what it says."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "leads.given": Wording(_("The lead {number} is being handed over to you. Sign for it.")),
    "leads.joined": Wording(_("You belong to the team of the lead {number}. Sign the statement first.")),
    "leads.decide": Wording(_("A proposal on the lead {number} waits for your decision.")),
    "leads.decided": Wording(_("There is a decision on your proposal for the lead {number}.")),
    "leads.ended": Wording(_("The lead {number} that you handed over is closed. Tell the one it came from.")),
    "leads.task": Wording(_("A meeting gave you a task on the lead {number}, due {due}.")),
}
