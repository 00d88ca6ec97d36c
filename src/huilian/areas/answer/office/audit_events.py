"""How the acts in offices and talks read in a history. Numbers and hours only."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

from .models import Talk

EVENTS = {
    "office.seed": Sentence(_("entered the default items and limits of talks")),
    "office.catalogue": Sentence(_("changed “{what}” in the county's data on offices and talks")),
    "office.check": Sentence(_("looked at {items} items, {bad} not in order")),
    "office.adopt": Sentence(_("adopted version {version} of “{title}”")),
    "office.withdraw": Sentence(_("withdrew version {version}")),
    "office.sign_read": Sentence(_("read the document")),
    "office.plan_tasks": Sentence(_("entered {tasks} tasks of offices")),
    "office.finish": Sentence(_("did “{task}”, due {due}")),
    "office.book": Sentence(
        _("asked for {room} from {from}, risk {risk}"),
        {"from": lambda at: at[:16].replace("T", " "), "risk": lambda grade: Talk.Risk(grade).label},
    ),
    "office.send_out": Sentence(_("sent {rows} rows out for {profile}, digest {sha256}")),
    "office.take_in": Sentence(_("took {rows} rows in from {profile}, {faults} with faults")),
    "office.settle": Sentence(_("settled row {row} by hand")),
    "office.decide": Sentence(_("decided on the talk: {said}")),
    "office.give_up": Sentence(_("gave the talk up")),
    "office.medical": Sentence(_("wrote the medical check down: {said}")),
    "office.hand_over": Sentence(_("signed the person over {way} to {to}")),
    "office.take_over": Sentence(_("signed for the person {way}, from {from}")),
    "office.mark": Sentence(_("noted in the talk: {kind}")),
    "office.warn": Sentence(_("warned of the limit “{limit}”, {minutes} minutes left")),
    "office.report_incident": Sentence(_("reported the incident {number}: {kind}")),
    "office.follow_up": Sentence(_("wrote follow-up {n} to the incident {number}")),
}
