"""What an alert adds to the page of its case: its acts, and why it was raised."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from huilian.engine.directory.models import Unit
from huilian.engine.look.levels import BY_COLOUR
from huilian.engine.procedures.kinds import Action, ActionForm, CaseKind, Panel
from huilian.engine.procedures.models import Case
from huilian.foundation.now import moment, now

from . import services
from .evidence import is_intact
from .guards import why_not_check
from .models import Alert

SOURCES = {"procedures.case": _("Case"), "clocks.clock": _("Clock")}
FIELDS = {
    "received_at": _("received"),
    "class": _("class"),
    "step": _("step"),
    "unit": _("unit"),
    "started_at": _("clock started"),
    "length": _("limit"),
    "counted_in": _("counted in"),
    "extension": _("extension"),
    "due_at": _("due"),
    "pauses": _("pauses"),
    "stopped_at": _("clock stopped"),
    "colour": _("colour"),
}
WHY = {
    "raised": _("alert raised"),
    "risen": _("level risen"),
    "again": _("raised again"),
    "lapsed": _("done before the limit"),
    "reopened": _("raised again"),
    "verified": _("verified, the colour falls"),
    "corrected": _("data corrected"),
    "closed": _("taken off the list"),
    **dict(Alert.Verdict.choices),
}


class NoteForm(ActionForm):
    note = forms.CharField(label=_("In words"), widget=forms.Textarea)


class ExplainForm(ActionForm):
    note = forms.CharField(label=_("How it was"), widget=forms.Textarea)


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


class VerifyForm(ActionForm):
    passed = forms.TypedChoiceField(
        label=_("Put right?"),
        choices=[("yes", _("yes, the colour falls")), ("no", _("no, back to the unit"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    colour = forms.TypedChoiceField(label=_("Colour from now on"), coerce=int, required=False, empty_value=0)
    note = forms.CharField(label=_("What was seen, by whom"), widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        from huilian.engine.look.levels import NAMES

        self.fields["colour"].choices = [(n, NAMES[BY_COLOUR[n]]) for n in range(self.case.alert.colour)]


class CloseForm(ActionForm):
    note = forms.CharField(label=_("Remark"), widget=forms.Textarea, required=False)


def _checker(case: Case, user) -> bool:
    return not why_not_check(case.alert, user)


def _unanswered(case: Case, user) -> bool:
    return _checker(case, user) and case.clock is not None and now() > case.clock.due_at


def reason_panel(alert: Alert) -> dict:
    """What the template `alerts/reason.html` needs, for the page of an alert or of what it is about."""
    about = alert.subject.partition(":")[2]
    return {
        "alert": alert,
        "level": BY_COLOUR[alert.colour],
        "about": about,
        "rows": [_row(row) for row in alert.evidence],
        "entries": [_entry(line) for line in reversed(alert.levels)],
        "reply_open": alert.case_id is not None and alert.case.step in ("raised", "explaining"),
    }


def _row(row: dict) -> dict:
    return {
        "label": SOURCES.get(row["source"], row["source"]),
        "id": row["id"],
        "pairs": [(FIELDS.get(name, name), _shown(value)) for name, value in row["fields"].items()],
        "hash": row["hash"],
        "intact": is_intact(row),
    }


def _shown(value):
    """A moment as people write it; everything else as it was stored."""
    if isinstance(value, str) and value.endswith("Z"):
        try:
            return f"{moment(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
        except ValueError:
            return value
    return value


def _entry(line: dict) -> dict:
    level = BY_COLOUR[line["colour"]]
    return {"when": datetime.fromisoformat(line["at"]), "head": WHY.get(line["why"], line["why"]), "level": level}


KIND = CaseKind(
    key="alert",
    name=_("Alert"),
    actions=(
        Action(
            "sign", _("Sign for"), "check",
            lambda case, data, by, expected: services.sign(case.alert, by=by, expected=expected),
            verb="sign", primary=True,
        ),
        Action(
            "explain", _("Explain"), "message-square-warning",
            lambda case, data, by, expected: services.explain(case.alert, data["note"], by=by, expected=expected),
            ExplainForm, verb="explain", primary=True,
            intro=_("Say how it was, before anything counts. What you write stays with the alert."),
        ),
        Action(
            "proceed", _("Go on without a reply"), "arrow-right",
            lambda case, data, by, expected: services.proceed(case.alert, data["note"], by=by, expected=expected),
            NoteForm, verb="proceed", offered=_unanswered,
        ),
        Action(
            "check", _("Give the verdict"), "gavel",
            lambda case, data, by, expected: services.check(
                case.alert, verdict=data["verdict"], note=data["note"], data_owner=data["data_owner"], by=by,
                expected=expected,
            ),
            CheckForm, verb="check", offered=_checker, primary=True,
            intro=_("Not true or an error in the data: the alert is closed without counting against the unit."),
        ),
        Action(
            "ask_again", _("Ask for more"), "undo-2",
            lambda case, data, by, expected: services.ask_again(case.alert, data["note"], by=by, expected=expected),
            NoteForm, verb="ask_again", offered=_checker,
        ),
        Action(
            "correct", _("Report the correction"), "file-check",
            lambda case, data, by, expected: services.correct(case.alert, data["note"], by=by, expected=expected),
            NoteForm, verb="correct", primary=True,
        ),
        Action(
            "rectify", _("Report the rectification"), "file-check",
            lambda case, data, by, expected: services.rectify(case.alert, data["note"], by=by, expected=expected),
            NoteForm, verb="rectify", primary=True,
        ),
        Action(
            "verify", _("Verify"), "shield-check",
            lambda case, data, by, expected: services.verify(
                case.alert, passed=data["passed"], note=data["note"], colour=data["colour"], by=by, expected=expected
            ),
            VerifyForm, verb="verify", offered=_checker, primary=True,
        ),
        Action(
            "close", _("Close the alert"), "archive",
            lambda case, data, by, expected: services.close(case.alert, note=data["note"], by=by, expected=expected),
            CloseForm, verb="close", offered=_checker, primary=True,
        ),
        Action(
            "reopen", _("Raise again"), "triangle-alert",
            lambda case, data, by, expected: services.reopen(case.alert, data["note"], by=by, expected=expected),
            NoteForm, verb="reopen", offered=_checker, danger=True,
        ),
    ),
    panels=(Panel("alerts/reason.html", lambda case, user: reason_panel(case.alert)),),
)  # fmt: skip
