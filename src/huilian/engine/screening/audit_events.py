"""How the acts of screening read in the trail."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

from .models import RuleSetting

STATUS = {"status": lambda value: RuleSetting.Status(value).label}

EVENTS = {
    "screening.fed": Sentence(_("data came in: {rows} rows, {faults} with errors")),
    "screening.run": Sentence(_("screened everything as of {as_of}: {found} found, {new} new, {gone} gone")),
    "screening.gone": Sentence(_("rule {rule} no longer finds it; the case stays open until it is decided")),
    "screening.parameters": Sentence(_("set the parameters: {changes}. Reason: {reason}")),
    "screening.status": Sentence(_("the rule is now {status}. Reason: {reason}"), STATUS),
    "screening.cap": Sentence(_("set the daily cap to {cap}. Reason: {reason}")),
    "screening.demote": Sentence(_("the rule is now {status}: {untrue} of {decided} checked were not true"), STATUS),
    "screening.write": Sentence(_("saved rule {rule}, version {version}, for trial")),
    "screening.try": Sentence(_("tried a query on the datasets: {rows} rows")),
    "screening.differs": Sentence(_("the full pass found what the passes of the day had missed: {what}")),
}
