"""What the case page offers for a problem of a campaign."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels, services


def _hand_in(case, data, by, expected):
    files = [(file, file.name) for file in data.get("files") or []]
    return services.hand_in(case.campaign_problem, result=data["result"], files=files, by=by, expected=expected)


act = acts_on(panels.problem_of)
ACTIONS = (
    Action("promise", _("Promise to put it right"), "send", act(services.promise), forms.PromiseForm, verb="promise",
           primary=True),
    Action("hand_in", _("Hand the repair in"), "send", _hand_in, forms.ResultForm, verb="hand_in", primary=True),
    Action("close", _("Sign it off"), "badge-check", act(services.sign_off), forms.SignOffForm, verb="close",
           primary=True),
    Action("send_back", _("Not put right: send it back"), "undo-2", act(services.send_back), forms.NoteForm,
           verb="send_back"),
    Action("reopen", pgettext_lazy("campaigns", "Open it again"), "rotate-ccw", act(services.reopen), forms.NoteForm,
           verb="reopen", danger=True),
    Action("withdraw", _("Withdraw the problem"), "trash-2", act(services.withdraw), forms.NoteForm, verb="withdraw",
           danger=True),
)  # fmt: skip

KIND = CaseKind(
    key="campaign_problem",
    name=_("Problem of a campaign"),
    actions=ACTIONS,
    matter=lambda case: case.campaign_problem.fact,
    panels=(Panel("campaigns/panels/problem.html", panels.facts),),
)
