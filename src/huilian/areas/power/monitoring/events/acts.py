"""How the acts of electronic supervision read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import money
from huilian.engine.trail.verbs import Sentence

CENTS = {"cents": lambda cents: money(int(cents))}
EVENTS = {
    "monitoring.seed": Sentence(_("entered the default contents of the evaluation")),
    "monitoring.save": Sentence(_("entered or changed “{what}”")),
    "monitoring.order": Sentence(_("ordered {number}: {demand}")),
    "monitoring.answer": Sentence(_("answered the order {number}")),
    "monitoring.verify": Sentence(_("looked whether the order {number} was carried out")),
    "monitoring.evaluate": Sentence(_("evaluated {units} units")),
    "monitoring.object": Sentence(_("objected to the evaluation: {text}")),
    "monitoring.settle": Sentence(_("made the evaluation final: {total} points")),
    "act_complaint.accept": Sentence(_("took the complaint up; {unit} is to explain")),
    "act_complaint.refuse": Sentence(_("did not take the complaint up: {note}")),
    "act_complaint.explain": Sentence(_("explained: {note}")),
    "act_complaint.decide": Sentence(_("decided and answered: {note}")),
    "penalty.file": Sentence(_("filed the case")),
    "penalty.investigated": Sentence(_("finished taking evidence")),
    "penalty.propose": Sentence(_("proposed {cents} yuan, “{band}”"), CENTS),
    "penalty.pass_review": Sentence(_("passed the legal review")),
    "penalty.return": Sentence(_("sent the proposal back: {note}")),
    "penalty.heard": Sentence(_("gave notice and heard the party")),
    "penalty.decide": Sentence(_("decided on {cents} yuan"), CENTS),
    "penalty.executed": Sentence(_("noted that it was carried out: {note}")),
    "penalty.drop": Sentence(_("decided that there is no penalty: {note}")),
}
