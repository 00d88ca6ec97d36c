"""How notices about petitions read. They name the number, never the matter and never who."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "petitions.forwarded": Wording(
        _("Petition {number} was passed to your unit. Decide by {due} whether to accept it.")
    ),
    "petitions.review": Wording(_("A review of petition {number} is asked for. Thirty days.")),
    "petitions.again": Wording(_("Petition {number} is to be handled again.")),
    "petitions.verify": Wording(_("Public opinion {number}: verify it within {hours} hours.")),
    "petitions.served": Wording(_("{number} was served on your unit. Reply by {due}.")),
}
