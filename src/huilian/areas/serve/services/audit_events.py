"""How the acts of the services read in a history."""

from django.utils.translation import gettext_lazy as _

from huilian.engine.trail.verbs import Sentence

from .models import Application, Feedback

MODES = {"mode": lambda value: Application.Mode(value).label}
RESULTS = {"result": lambda value: Application.Result(value).label}
WAYS = {"way": lambda value: Feedback.Way(value).label}
AGREES = {"agrees": lambda value: _("agrees") if value else _("does not agree")}

EVENTS = {
    "services.seed": Sentence(_("entered the default catalogue of services: {items} items")),
    "service.receive": Sentence(_("received it")),
    "service.advise": Sentence(_("answered on the spot: {note}")),
    "service.ask_papers": Sentence(_("told once what is missing ({count}), notice {notice}")),
    "service.ask_again": Sentence(_("told a second time what is missing, for a new fact: {fact}, notice {notice}")),
    "service.hand_in": Sentence(_("the missing papers are complete")),
    "service.paper": Sentence(_("a paper was handed in: {paper}")),
    "service.finish_now": Sentence(_("did it at once: {result}"), RESULTS),
    "service.accept": Sentence(_("accepted it ({mode}); promised by {due}"), MODES),
    "service.accept_completed": Sentence(_("accepted it after completion ({mode}); promised by {due}"), MODES),
    "service.refuse": Sentence(_("did not accept it: {note}")),
    "service.joint": Sentence(_("gave it to {units} to handle jointly")),
    "service.leg": Sentence(_("{unit} answered: {agrees}"), AGREES),
    "service.report": Sentence(_("passed it up to {unit}")),
    "service.send_down": Sentence(_("sent it back down to {unit}: {note}")),
    "service.decide": Sentence(_("gave the result: {result}"), RESULTS),
    "service.decide_above": Sentence(_("gave the result: {result}"), RESULTS),
    "service.again": Sentence(_("sent it back for more to {unit}: {note}")),
    "service.confirm": Sentence(_("confirmed the result")),
    "service.feedback": Sentence(_("told the applicant ({way}), not reached"), WAYS),
    "service.tell": Sentence(_("told the applicant ({way}) and closed it"), WAYS),
    "service.withdraw": Sentence(_("withdrawn: {note}")),
    "service.agent": Sentence(_("named {agent} as agent until the result is there")),
    "service.trip": Sentence(_("the agent went to {where}")),
    "service.rate": Sentence(_("the applicant gave {stars} of 5")),
    "services.call_back": Sentence(_("called the applicant back about the bad rating")),
    "services.decide_slip": Sentence(_("decided whether the rating was a slip")),
    "services.correct": Sentence(_("corrected what was rated as bad")),
    "services.confirm_correction": Sentence(_("asked the applicant again after the correction")),
    "services.item": Sentence(_("changed the item {code}")),
    "services.material": Sentence(_("changed the paper “{what}”")),
    "services.number": Sentence(_("set “{what}” to {value}")),
    "services.checklist": Sentence(_("changed the checklist “{what}”")),
    "services.norm": Sentence(_("put “{what}” into force")),
    "services.point": Sentence(_("changed the point {name}")),
    "services.offer": Sentence(_("changed what a point may do: {what}")),
    "services.window": Sentence(_("changed the window {what}")),
    "services.staff": Sentence(_("put {person} to the window")),
    "services.leave_window": Sentence(_("{person} left the window")),
    "services.sign": Sentence(_("signed “{what}”, version {version}")),
    "services.check_rules": Sentence(_("checked the eight rules; not kept: {failing}")),
    "services.plan_shift": Sentence(_("put {person} on duty on {on}")),
    "services.drop_shift": Sentence(_("took {person} off duty on {on}")),
    "services.sign_in": Sentence(_("signed in for duty on {on}, {spot}")),
    "services.note_absence": Sentence(_("noted that {person} is absent on {on}")),
    "services.diary": Sentence(_("wrote into the people's diary of {on}")),
    "services.settle_diary": Sentence(_("settled an entry of the people's diary of {on}")),
    "services.card": Sentence(_("issued the supervision card {code} of {person}")),
    "services.withdraw_card": Sentence(_("withdrew the supervision card {code}")),
    "services.check_self": Sentence(_("went through “{what}”: {met} of {of} lines are met")),
    "services.inquiry": Sentence(_("wrote down what was asked")),
    "services.answer_inquiry": Sentence(_("answered what was asked")),
    "services.hand_over": Sentence(_("brought the person to {unit}")),
    "services.call_next": Sentence(_("called number {number}")),
    "services.posting": Sentence(_("posted “{title}”")),
    "services.withdraw_posting": Sentence(_("took the posting down")),
    "services.sign_up": Sentence(_("somebody signed up")),
    "services.outcome": Sentence(_("noted what came of a sign-up")),
    "services.volunteer": Sentence(_("entered or changed a volunteer")),
    "services.end_volunteer": Sentence(_("a volunteer helps no longer")),
    "service.fee": Sentence(_("noted a fee of {cents} cents that the list does not allow")),
    "service.print": Sentence(_("printed “{paper}”")),
    "service.reveal": Sentence(_("opened the applicant's name and number: {purpose}")),
}
