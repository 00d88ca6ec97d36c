"""How the acts on seals read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "seals.seed": Sentence(_("entered the default classes of papers and the papers that are not issued")),
    "seals.save": Sentence(_("entered or corrected the card of the seal “{name}”")),
    "seals.hand_over": Sentence(_("handed the seal over to {to}, witness {witness}")),
    "seals.stopped": Sentence(_("took the seal out of use: {reason}")),
    "seals.destroyed": Sentence(_("noted that the seal was destroyed: {reason}")),
    "seals.catalogue": Sentence(_("changed “{what}” in the county's lists of seals")),
    "seals.print": Sentence(_("sealed at {at}")),
    "seals.ask_loan": Sentence(_("asked to take the seal to {where}, back by {until}")),
    "seals.decide_loan": Sentence(_("decided on the loan: {note}")),
    "seals.take_out": Sentence(_("left the office with the seal for {where}")),
    "seals.bring_back": Sentence(_("brought the seal back")),
    "seal.let_out": Sentence(_("let the seal out for {prints} prints, until {until}")),
}
