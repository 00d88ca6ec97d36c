"""How notices about campaigns read."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "campaigns.festival": Wording(_("Before the holiday: {text}")),
}
