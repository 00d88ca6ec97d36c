"""What is asked of whoever hands in a petition."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.areas.hear.hotline import queries as hotline
from huilian.areas.hear.hotline.queries.lookups import place_label, places_named

from .forms_serving import NAME, PHONE

REPORT = "report"


class PetitionForm(forms.Form):
    """A suggestion or a demand; whoever chooses a charge against an official is led elsewhere and nothing is kept."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        choices=[
            ("demand", _("I ask for something to be settled")),
            ("suggestion", _("I propose something")),
            (REPORT, _("I charge an official")),
        ],
        error_messages={"required": _("Choose one of the three.")},
    )
    place = forms.CharField(
        label=_("Which village or township?"), max_length=40, error_messages={"required": _("Write the village.")}
    )
    title = forms.CharField(
        label=_("In one line"), min_length=4, max_length=80, help_text=_("Without names."),
        error_messages={"required": _("Write it in one line.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("What do you ask, and why?"),
        min_length=10,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write what you ask, with facts and reasons.")},
    )
    people = forms.IntegerField(label=_("How many people ask?"), min_value=1, initial=1)
    name = forms.CharField(
        label=_("Your name"), max_length=40, widget=NAME, error_messages={"required": _("Write your name.")}
    )
    phone = forms.CharField(
        label=pgettext_lazy("of a citizen", "Telephone"), max_length=20, widget=PHONE, required=False
    )
    address = forms.CharField(
        label=_("Your address"), max_length=120, help_text=_("The answer is delivered there."),
        error_messages={"required": _("Write your address; the answer is delivered there.")},
    )  # fmt: skip

    def clean_place(self):
        found = places_named(self.cleaned_data["place"], hotline.county())
        plain = "".join(self.cleaned_data["place"].split())
        exact = [p for p in found if plain in (p.name, place_label(p))] or found
        exact = [p for p in exact if p.level >= p.Level.TOWNSHIP]
        if len(exact) == 1:
            return exact[0]
        if exact:
            names = "、".join(place_label(p) for p in exact[:5])
            raise forms.ValidationError(_("Which one: %(names)s?") % {"names": names})
        raise forms.ValidationError(_("No village or township here is called so."))


class ReceptionForm(forms.Form):
    """A place in the queue of a leader's reception."""

    matter = forms.CharField(
        label=_("What is it about, in one line?"), min_length=4, max_length=200,
        error_messages={"required": _("Write it in one line.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), max_length=40, widget=NAME, error_messages={"required": _("Write your name.")}
    )
    phone = forms.CharField(
        label=pgettext_lazy("of a citizen", "Telephone"), max_length=20, widget=PHONE, required=False,
        help_text=_("Only to tell you when the leader cannot come."),
    )  # fmt: skip
    people = forms.IntegerField(label=_("How many come?"), min_value=1, max_value=5, initial=1)


class ReviewForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you not accept it?"),
        min_length=4,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why you do not accept it.")},
    )
