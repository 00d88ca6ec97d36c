"""What can be done with a tip from its page: the button, the form, the service behind it, and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.access.queries import may
from huilian.engine.directory.models import Appointment
from huilian.engine.directory.powers import in_office
from huilian.foundation.now import today

from . import forms, rules, services
from .models import Tip

SORTING, HANDLING = ("sorting", "sorting_fast"), ("handling", "handling_fast", "with_lead")
WAITING = ("transferred",)
OPEN = (*SORTING, *HANDLING, *WAITING, "telling")


@dataclass(frozen=True)
class Act:
    """`do(tip, data, by, token)` calls one service; `steps` where it is offered; `away`: the tip may be gone after."""

    label: object
    form: type[forms.OfTip]
    do: Callable
    action: str
    steps: tuple[str, ...] = ()
    more: Callable[..., bool] = lambda tip, user: True
    intro: object = ""

    def offered(self, tip: Tip, user) -> bool:
        return may(user, self.action) and (not self.steps or tip.case.step in self.steps) and self.more(tip, user)


def _accept(tip, data, by, token):
    handlers = data["handlers"]
    held = Appointment.objects.filter(in_office(today()), person__user=handlers[0]).select_related("post__unit")
    unit = next(a.post.unit for a in held if "tip_handler" in a.post.roles)
    return services.accept(tip, unit=unit, handlers=handlers, until=data["until"], token=token, by=by)


def _assign(tip, data, by, token):
    for user in data["handlers"]:
        services.assign(tip, user, purpose=data["purpose"], until=data["until"], token=token, by=by)


def _charge(tip, data, by, token):
    return services.put_in_charge(tip, **data, token=token, by=by)


def _plain(service: Callable) -> Callable:
    return lambda tip, data, by, token: service(tip, **data, by=by)


def _owed(tip: Tip) -> bool:
    return rules.is_told(tip.case.class_key)


def _led(tip: Tip, user) -> bool:
    return tip.led is not None and not tip.led.signed_on


ACTS = {
    "accept": Act(_("Accept, to the supervision department"), forms.AcceptForm, _accept, "tips.sort", SORTING,
                  intro=_("Case management gets the number. You have no access any more.")),
    "transfer": Act(_("Pass to a lower level"), forms.UnitForm, _plain(services.transfer), "tips.sort", SORTING,
                    intro=_("Only the rewritten summary is passed on, never to the unit concerned. The desk waits for "
                            "the answer.")),
    "keep": Act(_("Keep as a repeat"), forms.RepeatForm, _plain(services.keep_repeat), "tips.sort", SORTING),
    "send_up": Act(_("It goes straight up"), forms.UpForm, _plain(services.send_up), "tips.sort", SORTING,
                   intro=_("What was entered about it is taken out of the register.")),
    "ask_petition": Act(_("Ask to pass it to the petition office"), forms.NoteForm, _plain(services.ask_petition),
                        "tips.sort", SORTING),
    "hand_over": Act(_("Carried up and signed for"), forms.ReceiptForm, _plain(services.hand_over), "tips.sort",
                     ("carrying",), intro=_("Everything sealed here is destroyed. This cannot be undone.")),
    "tell_acceptance": Act(_("Acceptance was told"), forms.OfTip, _plain(services.tell_acceptance), "tips.handle",
                           (*HANDLING, "telling"), lambda tip, user: _owed(tip) and tip.told_at is None),
    "feed_back": Act(_("Feed back"), forms.OfTip, _plain(services.feed_back), "tips.handle",
                     ("handling", "handling_fast")),
    "conclude": Act(pgettext_lazy("tips", "Conclude"), forms.OfTip, _plain(services.conclude), "tips.handle", HANDLING,
                    lambda tip, user: not _led(tip, user)),
    "tell_result": Act(_("The result was told"), forms.OfTip, _plain(services.tell_result), "tips.see", ("telling",)),
    "answer": Act(_("Enter the answer of the lower level"), forms.AnswerForm, _plain(services.answer_below),
                  "tips.sort", WAITING),
    "urge": Act(_("The lower level was urged"), forms.OfTip, _plain(services.urge), "tips.sort", WAITING),
    "call_back": Act(_("Take it back from the lower level"), forms.NoteForm, _plain(services.call_back),
                     "tips.sort", WAITING, intro=_("It is sorted here again. What was passed on stays passed on.")),
    "charge": Act(_("Put a leader in charge"), forms.ChargeForm, _charge, "tips.handle", HANDLING,
                  lambda tip, user: tip.led is None,
                  _("By what it is worth. The points propose and choose nobody; whoever is concerned is not offered.")),
    "note": Act(_("Note a visit or a step"), forms.ChargeNoteForm, _plain(services.note_charge), "tips.see", HANDLING,
                _led),
    "propose": Act(_("Propose to close it"), forms.ResultForm, _plain(services.propose_end), "tips.handle", HANDLING,
                   lambda tip, user: _led(tip, user) and not tip.led.asked_close_on),
    "sign": Act(_("Close by my signature"), forms.OfTip, _plain(services.sign_end), "tips.see", HANDLING,
                lambda tip, user: _led(tip, user) and tip.led.leader_id == user.pk and tip.led.asked_close_on),
    "say": Act(_("Write to the reporter"), forms.SayForm, _plain(services.say), "tips.see", OPEN),
    "assign": Act(_("Give access"), forms.PeopleForm, _assign, "tips.see", OPEN),
    "copy": Act(_("Ask for a copy"), forms.PurposeForm, _plain(services.ask_copy), "tips.see", OPEN),
    "interest": Act(_("I have an interest: step back"), forms.OfTip, _plain(services.declare_interest), "tips.see",
                    intro=_("From now on this tip is not there for you.")),
}  # fmt: skip
