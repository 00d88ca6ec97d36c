"""How the acts on lists read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

from .models import Family, Opinion, StandardPoint

BEGUN = {
    "family": lambda key: Family(key).label,
    "owner": lambda name: _("the county") if name == "county" else name,
}

EVENTS = {
    "powers.seed": Sentence(_("entered the starter lists: {lists} lists, {flows} flows, {points} points of standards")),
    "powers.begin": Sentence(_("began a draft of {family} of {owner}, from version {base}"), BEGUN),
    "powers.item": Sentence(_("wrote item {code} “{name}”")),
    "powers.strike": Sentence(_("struck item {code} “{name}” out of the draft")),
    "powers.discard": Sentence(_("threw the draft away: {reason}")),
    "powers.consult": Sentence(_("laid the draft open for opinions until {until}")),
    "powers.opinion": Sentence(
        _("entered an opinion on {code}"), {"code": lambda c: _("the whole list") if c == "—" else c}
    ),
    "powers.answer": Sentence(_("answered an opinion: {taken}"), {"taken": lambda key: Opinion.Taken(key).label}),
    "powers.approve": Sentence(_("approved the list by {approval}")),
    "powers.publish": Sentence(_("published version {version}, in force from {since}")),
    "powers.start": Sentence(_("started a case of {code} for {unit}")),
    "powers.cite": Sentence(_("cited {code} of {unit}")),
    "powers.off_list": Sentence(_("used {code}, which no list in force of {unit} holds: {reason}")),
    "powers.mark": Sentence(_("marked forbidden act {code}: {fact}")),
    "powers.lift": Sentence(_("lifted the mark of {code}: {why}")),
    "powers.sign": Sentence(_("signed having read {lists} lists of {unit}")),
    "powers.check": Sentence(
        _("checked {unit} by “{standard}”: {score} of 100"),
        {"standard": lambda key: StandardPoint.Standard(key).label},
    ),
    "powers.standard": Sentence(_("changed the point “{what}” of a standard")),
    "powers.exclusion": Sentence(_("changed which units are left out: {what}")),
}
