"""How notices about tips read: numbers only."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "tips.sprung": Wording(_("{name} opened the planted tip {number}. Nobody had a reason to.")),
    "tips.led": Wording(_("You lead the tip {number}; it is to be settled by {day}.")),
    "tips.unanswered": Wording(_("The lower level has not answered {number} in time. Urge it, or take it back.")),
}
