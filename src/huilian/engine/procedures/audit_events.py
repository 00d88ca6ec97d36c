"""How the acts on any case read in its history."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.trail.verbs import Sentence

from .models import Card, Supervision

LEVELS = {"level": lambda value: Supervision.Level(int(value)).label}
GROUNDS = {"ground": lambda value: Card.Ground(value).label}
COLOURS = {**GROUNDS, "colour": lambda value: _("red card") if int(value) == 3 else _("yellow card")}

EVENTS = {
    "procedures.publish": Sentence(_("published version {version} of the procedure {key}")),
    "procedures.save_draft": Sentence(_("saved the draft of the procedure {key}")),
    "procedures.discard_draft": Sentence(_("threw away the draft of the procedure {key}")),
    "procedures.rebase_draft": Sentence(_("compared the draft of {key} with version {version} and kept the draft")),
    "procedures.open": Sentence(_("opened the case")),
    "procedures.move": Sentence(_("chose “{move}”; the case is now at “{step}”")),
    "procedures.assign_handler": Sentence(_("named {handler} as handler")),
    "procedures.name_party": Sentence(_("noted that the case names somebody; those concerned step back")),
    "procedures.assign_co_handler": Sentence(_("asked {unit} to help")),
    "procedures.give_opinion": Sentence(pgettext_lazy("history", "{unit} gave its opinion")),
    "procedures.pause": Sentence(_("paused the clock: {reason} ({basis})")),
    "procedures.resume": Sentence(_("let the clock run on")),
    "procedures.ask_extension": Sentence(_("asked for {workdays} further working days: {reason}")),
    "procedures.grant_extension": Sentence(_("granted {workdays} further working days")),
    "procedures.refuse_extension": Sentence(_("refused more time: {remark}")),
    "procedures.tell_extension": Sentence(_("told the citizen of the extension and its reason")),
    "procedures.supervise": Sentence(_("issued {level} {number}: {demand}"), LEVELS),
    "procedures.answer_supervision": Sentence(_("answered {number}")),
    "procedures.card": Sentence(_("gave a {colour} for: {ground}. {fact}"), COLOURS),
    "procedures.answer_card": Sentence(_("explained on the card for: {ground}"), GROUNDS),
    "procedures.uphold_card": Sentence(_("upheld the card for: {ground}"), GROUNDS),
    "procedures.lift_card": Sentence(_("lifted the card for: {ground}. {remark}"), GROUNDS),
}
