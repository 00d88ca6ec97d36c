"""Asking about a publication."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 500


class AskForm(forms.Form):
    """The question, and whether its words may be read by everybody."""

    text = forms.CharField(
        label=_("What do you want to know?"),
        min_length=6,
        max_length=LONGEST,
        help_text=_("No names of private persons and no numbers of theirs, please. You need not say who you are."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write in a few words what you want to know."),
            "min_length": _("Please write a little more, so that it can be answered."),
        },
    )
    in_public = forms.ChoiceField(
        label=_("May everybody read your question?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Yes. Question, days left and answer stand under this item")),
            ("no", _("Only that a question was asked, and the answer")),
        ],
        initial="yes",
        error_messages={"required": _("Choose one of the two.")},
    )


class AskAgainForm(forms.Form):
    """Not content with the answer."""

    text = forms.CharField(
        label=_("What does the answer leave open?"),
        min_length=6,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write in a few words what the answer leaves open."),
            "min_length": _("Please write a little more, so that it can be answered."),
        },
    )
    code = forms.CharField(
        label=_("Code of your question"),
        max_length=24,
        help_text=_("Ten letters and digits that were shown when you asked."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code that was shown when you asked.")},
    )
