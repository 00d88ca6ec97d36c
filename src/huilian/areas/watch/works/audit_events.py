"""How the acts on works read in a history. Moves of a case say their own name, as the county has drawn them."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

EVENTS = {
    "works.seed": Sentence(_("entered the default classes of works by amount")),
    "works.catalogue": Sentence(_("changed “{what}” in the county's tables of works")),
    "works.pool": Sentence(_("changed whether {name} is asked: {reason}")),
    "works.items": Sentence(_("wrote the budget: {lines} lines")),
    "works.quote": Sentence(_("entered what {contractor} asks")),
    "works.event": Sentence(_("noted what happened on the site: {progress} per cent done")),
    "works.ask_change": Sentence(_("asked for change {n}: {reason}")),
    "works.decide_change": Sentence(_("decided on change {n} of {amount}")),
    "works.ask_pay": Sentence(_("asked for a payment of the work {request}")),
    "works.note_paid": Sentence(_("noted that it was paid, voucher {voucher}")),
    "works.drop_pay": Sentence(_("noted that nothing is paid on a request: {note}")),
    "works.open_acceptance": Sentence(_("opened sheet {n} of signatures, looked at on {on}")),
    "works.sign_acceptance": Sentence(_("signed the sheet of the acceptance")),
    "works.enter_signatures": Sentence(_("entered {count} signatures from the paper sheet")),
    "works.take_over": Sentence(_("took the work “{title}” over from the ledger")),
}
