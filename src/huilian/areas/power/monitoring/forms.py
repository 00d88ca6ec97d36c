"""Forms of electronic supervision. Whether an act is allowed is asked in the services."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.kinds import ActionForm
from huilian.foundation.errors import Invalid
from huilian.foundation.money import cents

from .models import PenaltyBand, PenaltyMatter

WORDS = forms.Textarea(attrs={"rows": 3})


class NoteForm(ActionForm):
    """A note of some sentences."""

    note = forms.CharField(label=pgettext_lazy("monitoring", "In words"), widget=WORDS)


class DecideForm(ActionForm):
    """What came of a complaint."""

    justified = forms.TypedChoiceField(
        label=_("What was found about it"),
        choices=[("yes", _("the complaint is justified")), ("no", _("the complaint is not justified"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    result = forms.CharField(label=_("Answer, in words the person can understand"), widget=WORDS)


class ProposeForm(ActionForm):
    """A fine and the band it rests on."""

    band = forms.ModelChoiceField(label=_("Gravity"), queryset=PenaltyBand.objects.none(), widget=forms.RadioSelect)
    amount = forms.CharField(label=_("Fine in yuan"), max_length=20)
    deviation = forms.CharField(label=_("Reason for leaving the band"), widget=WORDS, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        bands = PenaltyBand.objects.filter(matter=self.case.penalty.matter_id).select_related("matter")
        self.fields["band"].queryset = bands
        self.fields["band"].label_from_instance = lambda band: (
            _("%(name)s: %(low)s to %(high)s yuan (%(when)s)")
            % {
                "name": band.name,
                "low": f"{band.low_cents / 100:.0f}",
                "high": f"{band.high_cents / 100:.0f}",
                "when": band.circumstances,
            }
        )

    def clean_amount(self) -> int:
        try:
            return cents(self.cleaned_data["amount"])
        except Invalid as bad:
            raise forms.ValidationError(str(bad)) from bad


class PenaltyForm(forms.Form):
    """The source of a penalty case."""

    matter = forms.ModelChoiceField(label=_("Offence"), queryset=PenaltyMatter.objects.none())
    party = forms.CharField(label=_("Party"), max_length=80)
    source = forms.CharField(label=_("Where the case comes from"), max_length=60)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = PenaltyMatter.objects.filter(is_active=True, unit__in=units_of(user))


class ComplaintForm(forms.Form):
    """A complaint told at the desk."""

    number = forms.CharField(label=_("Number of the case it is about"), max_length=32)
    text = forms.CharField(label=_("What went wrong"), widget=forms.Textarea(attrs={"rows": 5}))
    name = forms.CharField(label=_("Who complains (may stay empty)"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)


class QuarterForm(forms.Form):
    """A quarter that is over."""

    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
    quarter = forms.TypedChoiceField(label=_("Quarter"), choices=[(n, str(n)) for n in (1, 2, 3, 4)], coerce=int)


class TextForm(forms.Form):
    """Some sentences, and where asked a yes or no."""

    text = forms.CharField(label=pgettext_lazy("monitoring", "In words"), widget=WORDS)
