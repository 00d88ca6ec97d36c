"""How notices about integrity risks read. They never name a person."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.inbox.wordings import Wording

NOTICES = {
    "risks.find": Wording(_("{unit} looks for its integrity risks. Find those of your own post.")),
    "risks.confirm": Wording(_("Your post “{post}” has integrity risks. Read them and confirm by {due}.")),
    "risks.served": Wording(_("{number} was served on you. Read it and answer by the day it names.")),
}
