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
    "seal.submit": Sentence(_("sent the request to the head of the village")),
    "seal.submit_ready": Sentence(_("sent the request to the keeper, as agreed beforehand")),
    "seal.resubmit": Sentence(_("corrected the request and sent it again")),
    "seal.resubmit_ready": Sentence(_("corrected the request and sent it to the keeper")),
    "seal.agree": Sentence(_("agreed to the use")),
    "seal.send_up": Sentence(_("agreed to the use and sent it to the township")),
    "seal.approve": Sentence(_("approved the use for the township")),
    "seal.return": Sentence(_("sent the request back: {note}")),
    "seal.refuse": Sentence(_("refused the seal: {note}")),
    "seal.withdraw": Sentence(_("gave the request up: {note}")),
    "seal.close": Sentence(_("entered the use in the book: {prints} prints of {copies} copies")),
    "seal.let_out": Sentence(_("let the seal out for {prints} prints, until {until}")),
}
