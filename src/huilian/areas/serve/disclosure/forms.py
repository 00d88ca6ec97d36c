"""Forms of the desk. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huilian.engine.look.text import say
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.errors import Invalid
from huilian.foundation.money import cents
from huilian.foundation.money import text as money_text
from huilian.foundation.now import today

from . import rules
from .models import Kind

BLANK_ROWS = 5


def _day(label, **more) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _long(label, rows: int = 3, **more) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class EventForm(forms.Form):
    """Something happened that must be published."""

    place = forms.ModelChoiceField(label=_("Village"), queryset=None)
    kind = forms.ModelChoiceField(label=_("What is to be published"), queryset=None)
    matter = forms.CharField(label=_("The matter in a few words"), max_length=120)
    on = _day(_("Day of the event"), help_text=_("Of the decision, the payment to come, the members' meeting."))

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["kind"].queryset = Kind.objects.filter(cycle=Kind.Cycle.EVENT, is_active=True)
        self.fields["kind"].label_from_instance = lambda kind: say(kind.names)
        if not self.is_bound and len(places) == 1:
            self.fields["place"].initial = places[0].pk


class HeadForm(forms.Form):
    """Title, stage and remark of a draft; its lines stand in a table of their own."""

    title = forms.CharField(label=_("Title"), max_length=200)
    stage = forms.TypedChoiceField(label=_("How much of it is shown"), choices=Kind.Stage.choices, coerce=int)
    note = _long(_("Remark for everybody"), required=False)
    file = forms.FileField(
        label=_("Lines from a spreadsheet"), required=False, help_text=_("Replaces all lines below. Excel or CSV.")
    )


class ReasonForm(forms.Form):
    """A reason that everybody can read."""

    reason = _long(_("Reason that everybody can read"), max_length=300)


class CheckForm(forms.Form):
    """The check before publication."""

    passed = forms.ChoiceField(
        label=_("Result of the check"),
        widget=forms.RadioSelect,
        choices=[("yes", _("In order, may be published")), ("no", _("Something has to be put right"))],
    )
    note = _long(_("What has to be put right"), required=False, max_length=300)


class ProofForm(forms.Form):
    """The photograph of the board."""

    photo = forms.FileField(
        label=_("Photograph of the board"),
        help_text=_("JPG or PNG, up to 8 MB. One is enough."),
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
    )
    spot = forms.CharField(label=_("On which board"), max_length=80)
    posted_on = _day(_("Posted on which day"), initial=today)


class AnswerForm(ActionForm):
    answer = _long(
        _("Answer that everybody can read"), 5, help_text=_("In words villagers understand, without private numbers.")
    )


class HideForm(ActionForm):
    reason = forms.CharField(label=_("Reason that everybody can read"), max_length=200)


class Lines:
    """The lines of a draft as fields of a page: `r<row>c<column>`. What is typed stays as it was typed."""

    def __init__(self, columns, rows=(), data=None, blank: int = BLANK_ROWS):
        self.columns, self.faults = columns, []
        if data is None:
            self.typed = [[_shown(c, v) for c, v in zip(columns, row, strict=True)] for row in rows]
        else:
            count = min(int(data.get("rows") or 0), rules.LARGEST_BODY)
            self.typed = [[data.get(f"r{r}c{c}", "").strip() for c in range(len(columns))] for r in range(count)]
        self.blank = blank

    @property
    def table(self) -> list[list[dict]]:
        """Every field with its name, value, label and kind; a few empty lines at the end."""
        rows = [row for row in self.typed if any(row)] + [[""] * len(self.columns) for _i in range(self.blank)]
        return [
            [
                {
                    "name": f"r{r}c{c}",
                    "value": value,
                    "kind": self.columns[c].get("kind", rules.TEXT),
                    "label": _("%(column)s, line %(n)s") % {"column": say(self.columns[c]), "n": r + 1},
                }
                for c, value in enumerate(row)
            ]
            for r, row in enumerate(rows)
        ]

    def rows(self) -> list[list]:
        """The lines as values. Faults are gathered; call only once."""
        found = []
        for number, row in enumerate((row for row in self.typed if any(row)), 1):
            line = []
            for column, text in zip(self.columns, row, strict=True):
                try:
                    line.append(_value(column.get("kind", rules.TEXT), text))
                except (Invalid, ValueError) as fault:
                    said = str(fault) if isinstance(fault, Invalid) else _("Write the day as 2026-11-20.")
                    where = _("%(column)s, line %(n)s") % {"column": say(column), "n": number}
                    self.faults.append(f"{where}: {said}")
                    line.append(None)
            found.append(line)
        return found


def _shown(column, value) -> str:
    if value is None:
        return ""
    if column.get("kind") == rules.MONEY:
        return money_text(value).replace(",", "")
    return str(value)


def _value(kind: str, text: str):
    if kind == rules.MONEY:
        return cents(text) if text else None
    if kind == rules.DATE:
        from datetime import date

        return date.fromisoformat(text).isoformat() if text else ""
    return text
