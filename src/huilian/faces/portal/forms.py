"""One form for each question. What is typed stays as it is until it is right; nothing is asked twice."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.areas.hear.hotline import queries as hotline

CHARGE = "!charge"
LONGEST = 4000  # characters of a story


class WhatForm(forms.Form):
    """The first question."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one line; if none fits, take “Something else”.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [
            *((topic, topic) for topic in hotline.topics()),
            ("-", _("Something else, or I am not sure")),
            (CHARGE, _("A Party member or official breaks discipline or law (a charge)")),
        ]


class WhereForm(forms.Form):
    """Place and spot; the village is found by the page itself."""

    where = forms.CharField(
        label=_("Where exactly"),
        max_length=120,
        required=False,
        help_text=_("A road, a group of the village, a house: so that somebody can find it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class StoryForm(forms.Form):
    """What happened."""

    text = forms.CharField(
        label=_("What happened, and what do you wish?"),
        min_length=6,
        max_length=LONGEST,
        help_text=_("Since when, what you have seen, whom you have asked already. Your own words are fine."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write in a few words what happened."),
            "min_length": _("Please write a little more: what, where, since when."),
        },
    )


class NameForm(forms.Form):
    """With a name or without."""

    named = forms.ChoiceField(
        label=_("Do you want to leave your name?"),
        widget=forms.RadioSelect,
        choices=[
            ("no", _("No, without a name. It is taken in and handled all the same")),
            ("yes", _("Yes, I leave my name")),
        ],
        error_messages={"required": _("Choose one of the two.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=40,
        required=False,
        help_text=_("Only if you have chosen to leave it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=pgettext_lazy("of a citizen", "Telephone"),
        max_length=20,
        required=False,
        help_text=_(
            "Not needed. With it the unit can ask back and the hotline can ask you afterwards whether it is solved."
        ),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    secret = forms.BooleanField(
        label=_("Keep my name and number secret"),
        required=False,
        help_text=_("Then only the hotline centre sees them, not the unit that handles the matter."),
    )

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        if phone and not 7 <= sum(c.isdigit() for c in phone) <= 13:
            raise forms.ValidationError(
                _("This telephone number cannot be right. Give 7 to 13 digits or leave it empty.")
            )
        return phone

    def clean(self):
        given = super().clean()
        if given.get("named") == "yes" and not given.get("name", "").strip():
            self.add_error("name", _("Write your name, or choose “without a name”."))
        return given


class CodeForm(forms.Form):
    """Number and follow-up code."""

    number = forms.CharField(
        label=_("Number"),
        max_length=32,
        help_text=_("It stands on your slip and begins with two letters."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Follow-up code"),
        max_length=24,
        help_text=_("Ten letters and digits; large or small letters make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class BackForm(forms.Form):
    """The code once more, as it was written down."""

    code = forms.CharField(
        label=_("Type the code once from your note"),
        max_length=24,
        help_text=_("So you can be sure that it was written down right."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class RateForm(forms.Form):
    """The citizen's own word; a grade may be declined."""

    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", pgettext_lazy("is it solved", "Yes")),
            ("partly", pgettext_lazy("is it solved", "Partly")),
            ("no", pgettext_lazy("is it solved", "No")),
        ],
        error_messages={"required": _("Say whether it is solved.")},
    )
    grade = forms.ChoiceField(
        label=_("How was it handled?"),
        widget=forms.RadioSelect,
        choices=[
            ("5", _("Very satisfied")),
            ("4", _("Satisfied")),
            ("3", _("Basically satisfied")),
            ("2", _("Dissatisfied")),
            ("1", _("Very dissatisfied")),
            ("0", _("I give no grade")),
        ],
        error_messages={"required": _("Choose a grade, or “I give no grade”.")},
    )
    note = forms.CharField(
        label=_("What is still missing"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReopenForm(forms.Form):
    """Why it must be handled again."""

    note = forms.CharField(
        label=_("What is not done yet?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what is missing; the unit will need it.")},
    )


class RemarkForm(forms.Form):
    """Something new."""

    note = forms.CharField(
        label=_("What do you want to add?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you want to add.")},
    )
