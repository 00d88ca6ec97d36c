"""What the case page offers for a finding."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.procedures.guards import may_act
from huilian.engine.procedures.kinds import Action, CaseKind, Panel, acts_on

from . import forms, panels, services


def _files(service):
    def run(case, data, by, expected):
        data["files"] = [(file, file.name) for file in data.get("files") or []]
        more = {"expected": expected} if service is services.hand_in_repair else {}
        return service(case.finding, **data, by=by, **more)

    return run


act = acts_on(panels.finding_of)
ACTIONS = (
    Action("promise", _("Promise to put it right"), "send", act(services.promise), forms.PromiseForm, verb="promise",
           primary=True),
    Action("add_proof", _("Add a proof"), "paperclip", _files(services.add_proof), forms.ProofForm,
           offered=lambda case, user: case.step == "mending" and may_act(case, user)),
    Action("hand_in", _("Hand the repair in"), "send", _files(services.hand_in_repair), forms.ResultForm,
           verb="hand_in", primary=True),
    Action("close", _("Sign it off"), "badge-check", act(services.sign_off), forms.SignOffForm, verb="close",
           primary=True),
    Action("send_back", _("Not put right: send it back"), "undo-2", act(services.send_back), forms.NoteForm,
           verb="send_back"),
    Action("raise", _("Raise it one level"), "chevron-up", act(services.raise_level), forms.RaiseForm, verb="raise"),
    Action("reopen", pgettext_lazy("inspections", "Open it again"), "rotate-ccw", act(services.reopen), forms.NoteForm,
           verb="reopen", danger=True),
    Action("withdraw", _("Withdraw the finding"), "trash-2", act(services.withdraw_finding), forms.NoteForm,
           verb="withdraw", danger=True),
)  # fmt: skip

KIND = CaseKind(
    key="finding",
    name=_("Repair of a finding"),
    actions=ACTIONS,
    matter=lambda case: case.finding.fact,
    panels=(Panel("inspections/panels/repair.html", panels.facts),),
)
