"""Forms of the desk. What is typed here goes into the vault and nowhere else."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.directory.models import Place, Unit
from huilian.engine.look.forms import ManyFiles
from huilian.foundation.now import now

from . import rules
from .models import ChargeNote, Mark, Tip
from .queries.reach import officers

MOMENT = {"type": "datetime-local"}
FACTORS = {
    "specific": _("facts are specific"), "verifiable": _("can be verified"), "serious": _("serious"),
    "power": _("power of the post"), "source": _("real name or several sources"),
    "repeated": _("repeated, concentrated"), "urgent": _("evidence may be lost"),
}  # fmt: skip
LONG = {"rows": 8, "autocomplete": "off", "spellcheck": "false"}


def purpose() -> forms.CharField:
    return forms.CharField(label=pgettext_lazy("of a look", "For what purpose"), min_length=2, max_length=200)


class OfTip(forms.Form):
    """A form about one tip."""

    def __init__(self, *args, tip: Tip, **kwargs):
        self.tip = tip
        super().__init__(*args, **kwargs)


class PurposeForm(OfTip):
    purpose = purpose()


class NoteForm(OfTip):
    note = forms.CharField(label=pgettext_lazy("tips", "Reason"), max_length=200)


class RepeatForm(OfTip):
    of = forms.CharField(label=_("Number of the first tip"), max_length=32)


class UpForm(OfTip):
    level = forms.ChoiceField(
        label=_("Whom it concerns"), choices=[c for c in Tip.Level.choices if c[0] in rules.STRAIGHT_UP]
    )


class ReceiptForm(OfTip):
    receipt = forms.CharField(label=_("Receipt of the commission that took it"), max_length=100)


class UnitForm(OfTip):
    unit = forms.ModelChoiceField(label=_("Commission of the lower level"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = Unit.objects.filter(kind=Unit.Kind.DISCIPLINE, valid_to=None)
        self.fields["unit"].queryset = found.exclude(pk__in=[p for p in (self.tip.unit_id, self.tip.case.unit_id) if p])


class SayForm(OfTip):
    text = forms.CharField(label=_("Message to the reporter"), max_length=2000, widget=forms.Textarea(LONG))


class PeopleForm(OfTip):
    """Whom to give access, for what and until when; whoever is concerned is not offered."""

    purpose = purpose()
    until = forms.DateTimeField(label=_("Access until"), widget=forms.DateTimeInput(MOMENT))
    role = "tip_handler"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        marks = self.tip.marks.exclude(kind=Mark.Kind.REPORTER).values_list("digest", flat=True)
        self.free = {str(user.pk): user for user in officers(self.role, marks)}
        self.fields["handlers"] = forms.MultipleChoiceField(
            label=_("Who handles it"), choices=[(pk, str(user)) for pk, user in self.free.items()],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.order_fields(["handlers", "until", "purpose"])
        self.fields["until"].initial = (now() + timedelta(days=90)).strftime("%Y-%m-%dT18:00")

    def clean_handlers(self):
        return [self.free[pk] for pk in self.cleaned_data["handlers"]]


class AcceptForm(PeopleForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["purpose"]


class ChargeForm(OfTip):
    """Seven factors and a leader; whoever is concerned is not offered."""

    reason = forms.CharField(
        label=_("Reason for the choice"), max_length=400, widget=forms.Textarea({**LONG, "rows": 3}),
        help_text=_("The points are advice. Below 60 of 100 the reason says why all the same."),
    )  # fmt: skip
    due_on = forms.DateField(label=_("To be settled by"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        marks = self.tip.marks.exclude(kind=Mark.Kind.REPORTER).values_list("digest", flat=True)
        self.free = {str(user.pk): user for user in officers("tip_head", marks)}
        self.fields["leader"] = forms.ChoiceField(
            label=_("Leader"), choices=[(pk, str(user)) for pk, user in self.free.items()]
        )
        for factor, most in rules.WORTH.items():
            self.fields[factor] = forms.IntegerField(
                label=f"{FACTORS[factor]} (0–{most})", min_value=0, max_value=most, initial=0
            )
        self.order_fields(["leader", *rules.WORTH, "reason", "due_on"])

    def clean_leader(self):
        return self.free[self.cleaned_data["leader"]]

    def clean(self):
        data = super().clean()
        return {**{k: v for k, v in data.items() if k not in FACTORS}, "marks": {k: data.get(k) for k in FACTORS}}


class ChargeNoteForm(OfTip):
    kind = forms.ChoiceField(label=_("What it was"), choices=[(k, ChargeNote.Kind(k).label) for k in ("visit", "step")])
    text = forms.CharField(label=_("What was done"), max_length=4000, widget=forms.Textarea(LONG))


class ResultForm(OfTip):
    result = forms.CharField(label=_("Result"), max_length=4000, widget=forms.Textarea(LONG))


class AnswerForm(OfTip):
    text = forms.CharField(label=_("What the lower level answered"), max_length=8000, widget=forms.Textarea(LONG))


class RewriteForm(OfTip):
    text = forms.CharField(label=_("Rewritten summary"), max_length=8000, widget=forms.Textarea(LONG))
    left = forms.BooleanField(label=_("What is still found shows nobody"), required=False)


class TakeForm(forms.Form):
    """A letter, a visit, a call or a video visit, typed in by the officer who received it."""

    channel = forms.ChoiceField(
        label=_("Way in"), choices=[c for c in Tip.Channel.choices if c[0] in ("letter", "visit", "phone")]
    )
    recording = forms.CharField(
        label=_("Reference of the recording"), max_length=64, required=False, help_text=_("For a call to 12388.")
    )
    sort = forms.ChoiceField(label=_("Sort of tip"), choices=Tip.Sort.choices)
    level = forms.ChoiceField(
        label=_("Whom it concerns"), choices=Tip.Level.choices,
        help_text=_("Of a higher cadre or the head here, the register keeps number, day and carrier only."),
    )  # fmt: skip
    field = forms.ChoiceField(label=_("Field of power"), choices=[("", "—"), *Tip.Field.choices], required=False)
    micro = forms.ChoiceField(
        label=_("Type of micro-corruption"), choices=[("", "—"), *Tip.Micro.choices], required=False
    )
    unit = forms.ModelChoiceField(label=pgettext_lazy("tips", "Unit concerned"), queryset=None, required=False)
    place = forms.ModelChoiceField(label=_("Place concerned"), queryset=None, required=False)
    persons = forms.CharField(
        label=_("Persons concerned"), required=False, max_length=400, widget=forms.Textarea({**LONG, "rows": 2}),
        help_text=_("One name a line. Whoever is named here can never open it."),
    )  # fmt: skip
    text = forms.CharField(label=_("What is reported"), max_length=20000, widget=forms.Textarea({**LONG, "rows": 12}))
    files = ManyFiles(
        label=_("Scanned letters, photographs, films"), required=False,
        help_text=_("At most six; a letter of several pages as one PDF. What a device wrote into them is taken out."),
    )  # fmt: skip
    named = forms.ChoiceField(label=_("By name or not"), choices=Tip.Named.choices)
    name = forms.CharField(label=_("Name of the reporter"), max_length=64, required=False)
    phone = forms.CharField(label=_("Telephone of the reporter"), max_length=32, required=False)
    fast_lane = forms.BooleanField(label=_("Fast lane"), required=False)

    def __init__(self, *args, video: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(valid_to=None)
        self.fields["place"].queryset = Place.objects.filter(level__gte=Place.Level.TOWNSHIP, valid_to=None)
        if video:
            del self.fields["channel"], self.fields["recording"]

    def said(self) -> dict:
        """As `take_in` takes it, but for the files: they are not cleaned yet."""
        given = dict(self.cleaned_data)
        who = {"name": given.pop("name"), "phone": given.pop("phone")}
        given["persons"] = [line.strip() for line in given["persons"].splitlines() if line.strip()]
        given["files"] = [(file, file.name) for file in given["files"]]
        return {**given, "identity": who if given["named"] != Tip.Named.ANONYMOUS else None}


class VisitForm(forms.Form):
    room = forms.ModelChoiceField(label=_("Room in"), queryset=None)
    starts_at = forms.DateTimeField(label=pgettext_lazy("visit", "Begins"), widget=forms.DateTimeInput(MOMENT))
    minutes = forms.IntegerField(label=_("Minutes of a visit"), initial=30, min_value=10, max_value=180)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = Place.objects.filter(level=Place.Level.TOWNSHIP, valid_to=None)


class PlantForm(forms.Form):
    text = forms.CharField(label=_("Text of the planted tip"), max_length=2000, widget=forms.Textarea(LONG))
