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
OPEN = (*SORTING, *HANDLING, "telling")


@dataclass(frozen=True)
class Act:
    """`do(tip, data, by, token)` calls one service; `steps` where it is offered; `away`: the tip may be gone after."""

    label: object
    form: type[forms.OfTip]
    do: Callable
    action: str
    steps: tuple[str, ...] = ()
    more: Callable[[Tip], bool] = lambda tip: True
    intro: object = ""

    def offered(self, tip: Tip, user) -> bool:
        return may(user, self.action) and (not self.steps or tip.case.step in self.steps) and self.more(tip)


def _accept(tip, data, by, token):
    handlers = data["handlers"]
    held = Appointment.objects.filter(in_office(today()), person__user=handlers[0]).select_related("post__unit")
    unit = next(a.post.unit for a in held if "tip_handler" in a.post.roles)
    return services.accept(tip, unit=unit, handlers=handlers, until=data["until"], token=token, by=by)


def _assign(tip, data, by, token):
    for user in data["handlers"]:
        services.assign(tip, user, purpose=data["purpose"], until=data["until"], token=token, by=by)


def _plain(service: Callable) -> Callable:
    return lambda tip, data, by, token: service(tip, **data, by=by)


def _owed(tip: Tip) -> bool:
    return rules.is_told(tip.case.class_key)


ACTS = {
    "accept": Act(_("Accept, to the supervision department"), forms.AcceptForm, _accept, "tips.sort", SORTING,
                  intro=_("Case management gets the number. You have no access any more.")),
    "transfer": Act(_("Pass to a lower level"), forms.UnitForm, _plain(services.transfer), "tips.sort", SORTING,
                    intro=_("Only the rewritten summary is passed on, never to the unit concerned.")),
    "keep": Act(_("Keep as a repeat"), forms.RepeatForm, _plain(services.keep_repeat), "tips.sort", SORTING),
    "send_up": Act(_("It goes straight up"), forms.UpForm, _plain(services.send_up), "tips.sort", SORTING,
                   intro=_("What was entered about it is taken out of the register.")),
    "ask_petition": Act(_("Ask to pass it to the petition office"), forms.NoteForm, _plain(services.ask_petition),
                        "tips.sort", SORTING),
    "hand_over": Act(_("Carried up and signed for"), forms.ReceiptForm, _plain(services.hand_over), "tips.sort",
                     ("carrying",), intro=_("Everything sealed here is destroyed. This cannot be undone.")),
    "tell_acceptance": Act(_("Acceptance was told"), forms.OfTip, _plain(services.tell_acceptance), "tips.handle",
                           (*HANDLING, "telling"), lambda tip: _owed(tip) and tip.told_at is None),
    "feed_back": Act(_("Feed back"), forms.OfTip, _plain(services.feed_back), "tips.handle",
                     ("handling", "handling_fast")),
    "conclude": Act(pgettext_lazy("tips", "Conclude"), forms.OfTip, _plain(services.conclude), "tips.handle", HANDLING),
    "tell_result": Act(_("The result was told"), forms.OfTip, _plain(services.tell_result), "tips.handle",
                       ("telling",)),
    "say": Act(_("Write to the reporter"), forms.SayForm, _plain(services.say), "tips.see", OPEN),
    "assign": Act(_("Give access"), forms.PeopleForm, _assign, "tips.see", OPEN),
    "copy": Act(_("Ask for a copy"), forms.PurposeForm, _plain(services.ask_copy), "tips.see", OPEN),
    "interest": Act(_("I have an interest: step back"), forms.OfTip, _plain(services.declare_interest), "tips.see",
                    intro=_("From now on this tip is not there for you.")),
}  # fmt: skip
