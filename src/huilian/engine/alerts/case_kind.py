"""What an alert adds to the page of its case: its acts, and why it was raised."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Unit
from huilian.engine.look.levels import BY_COLOUR, NAMES
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.kinds import Action, ActionForm, CaseKind, Panel, acts_on
from huilian.engine.procedures.models import Case
from huilian.foundation import money
from huilian.foundation.errors import Refused
from huilian.foundation.now import now

from . import services
from .guards import why_not_check, why_not_judge
from .models import Alert, Appeal
from .routing import route_of
from .services.appeals import CHANGED
from .services.life import grace_until
from .showing import reason_panel


class NoteForm(ActionForm):
    note = forms.CharField(label=_("In words"), widget=forms.Textarea)


class ProofForm(ActionForm):
    """A form with which papers can be handed in."""

    proof = forms.FileField(label=_("Paper or photo that proves it"), required=False)


def _with_proof(case: Case, data: dict, by, act):
    """Do `act` and keep what was handed in with it: both or neither."""
    with transaction.atomic():
        done = act()
        if upload := data.get("proof"):
            services.attach_proof(case.alert, upload, upload.name, by=by)
        return done


class ExplainForm(ProofForm):
    note = forms.CharField(label=_("How it was"), widget=forms.Textarea)
    made_good = forms.BooleanField(
        label=_("The slip of form has been made good"),
        required=False,
        help_text=_("Within the days of grace it is then closed without counting, once it was seen to be so."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.case.alert.nature != Alert.Nature.FORM or now() > grace_until(self.case.alert):
            del self.fields["made_good"]


class CheckForm(ActionForm):
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Alert.Verdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("What was found, on what proof"), widget=forms.Textarea)
    data_owner = forms.ModelChoiceField(
        label=_("Owner of the data"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Only for an error in the data: this unit is to correct it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["data_owner"].queryset = Unit.objects.filter(valid_to=None)
        self.fields["data_owner"].initial = self.case.alert.data_owner_id
        if not self.case.alert.made_good_at:
            made_good = Alert.Verdict.MADE_GOOD
            self.fields["verdict"].choices = [c for c in Alert.Verdict.choices if c[0] != made_good]


class RectifyForm(ProofForm):
    note = forms.CharField(label=_("Measures, and what came of them"), widget=forms.Textarea)
    responsible = forms.CharField(label=_("Person responsible"), max_length=80, required=False)
    recovered = forms.CharField(
        label=_("Money that came back, in yuan"),
        max_length=20,
        required=False,
        help_text=_("Only what is in the collective's account again; empty when there was none."),
    )

    def clean_recovered(self):
        text = self.cleaned_data["recovered"].strip()
        if not text:
            return None
        try:
            return money.cents(text)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class HandInForm(ActionForm):
    proof = forms.FileField(label=_("Paper or photo that proves it"))


class AppealForm(ActionForm):
    note = forms.CharField(label=_("Why the verdict is not right"), widget=forms.Textarea)


class JudgeForm(ActionForm):
    verdict = forms.ChoiceField(label=_("Decision on the appeal"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Reasons"), widget=forms.Textarea)
    data_owner = forms.ModelChoiceField(
        label=_("Owner of the data"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Only for an error in the data: this unit is to correct it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels, against = dict(Alert.Verdict.choices), self.case.alert.verdict
        self.fields["verdict"].choices = [
            ("", _("the verdict stands: %(verdict)s") % {"verdict": labels.get(against, against)}),
            *[(v, labels[v]) for v in CHANGED if v != against],
        ]
        self.fields["verdict"].required = False
        self.fields["data_owner"].queryset = Unit.objects.filter(valid_to=None)


class VerifyForm(ActionForm):
    passed = forms.TypedChoiceField(
        label=_("Put right?"),
        choices=[("yes", _("yes, the colour falls")), ("no", _("no, back to the unit"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    colour = forms.TypedChoiceField(label=_("Colour from now on"), coerce=int, required=False, empty_value=None)
    note = forms.CharField(label=_("What was seen, by whom"), widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        alert = self.case.alert
        lowest = max(alert.colour - 1, 0) if route_of(alert).stepwise else 0
        self.fields["colour"].choices = [(n, NAMES[BY_COLOUR[n]]) for n in range(lowest, max(alert.colour, 1))]


class CloseForm(ActionForm):
    note = forms.CharField(label=_("Remark"), widget=forms.Textarea, required=False)


def _checker(case: Case, user) -> bool:
    return not why_not_check(case.alert, user)


def _unanswered(case: Case, user) -> bool:
    if not _checker(case, user) or case.clock is None:
        return False
    return now() > max(case.clock.due_at, grace_until(case.alert))


def _judge(case: Case, user) -> bool:
    return not why_not_judge(case.alert, user)


def _not_yet_appealed(case: Case, user) -> bool:
    return not Appeal.objects.filter(alert=case.alert, round=case.round).exists()


def _decide(case: Case, data: dict, by, expected):
    pending = Appeal.objects.filter(alert=case.alert, granted=None).latest("pk")
    return services.decide_appeal(
        pending, granted=bool(data["verdict"]), verdict=data["verdict"], note=data["note"],
        data_owner=data["data_owner"], by=by, expected=expected,
    )  # fmt: skip


act = acts_on(lambda case: case.alert)
KIND = CaseKind(
    key="alert",
    name=_("Alert"),
    actions=(
        Action(
            "sign", _("Sign for"), "check",
            act(services.sign),
            verb="sign", primary=True,
        ),
        Action(
            "explain", _("Explain"), "message-square-warning",
            lambda case, data, by, expected: _with_proof(case, data, by, lambda: services.explain(
                case.alert, data["note"], made_good=data.get("made_good", False), by=by, expected=expected
            )),
            ExplainForm, verb="explain", primary=True,
            intro=_("Say how it was, before anything counts. What you write stays with the alert."),
        ),
        Action(
            "proceed", _("Go on without a reply"), "arrow-right",
            act(services.proceed),
            NoteForm, verb="proceed", offered=_unanswered,
        ),
        Action(
            "check", _("Give the verdict"), "gavel",
            act(services.check),
            CheckForm, verb="check", offered=_checker, primary=True,
            intro=_("Not true or an error in the data: the alert is closed without counting against the unit."),
        ),
        Action(
            "ask_again", _("Ask for more"), "undo-2",
            act(services.ask_again),
            NoteForm, verb="ask_again", offered=_checker,
        ),
        Action(
            "correct", _("Report the correction"), "file-check",
            act(services.correct),
            NoteForm, verb="correct", primary=True,
        ),
        Action(
            "rectify", _("Report the rectification"), "file-check",
            lambda case, data, by, expected: _with_proof(case, data, by, lambda: services.rectify(
                case.alert, data["note"], responsible=data.get("responsible", ""),
                recovered_cents=data.get("recovered"), by=by, expected=expected,
            )),
            RectifyForm, verb="rectify", primary=True,
        ),
        Action(
            "appeal", _("Appeal against the verdict"), "gavel",
            act(services.appeal, note="grounds"),
            AppealForm, verb="appeal", offered=_not_yet_appealed,
            intro=_("Once, to the next higher level. Until it is decided nothing has to be rectified."),
        ),
        Action(
            "attach_proof", _("Hand in a paper"), "folder-open",
            lambda case, data, by, expected: services.attach_proof(
                case.alert, data["proof"], data["proof"].name, by=by
            ),
            HandInForm, offered=lambda case, user: case.is_open and case.unit_id in units_of(user),
        ),
        Action("decide_appeal", _("Decide the appeal"), "gavel", _decide, JudgeForm, verb="uphold", offered=_judge,
               primary=True),
        Action(
            "verify", _("Verify"), "shield-check",
            act(services.verify),
            VerifyForm, verb="verify", offered=_checker, primary=True,
        ),
        Action(
            "close", _("Close the alert"), "archive",
            act(services.close),
            CloseForm, verb="close", offered=_checker, primary=True,
        ),
        Action(
            "reopen", _("Raise again"), "triangle-alert",
            act(services.reopen),
            NoteForm, verb="reopen", offered=_checker, danger=True,
        ),
    ),
    panels=(Panel("alerts/reason.html", lambda case, user: reason_panel(case.alert, user)),),
)  # fmt: skip
