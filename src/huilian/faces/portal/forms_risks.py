"""An opinion on a directory of risks. No name is asked for and none is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RiskOpinionForm(forms.Form):
    point = forms.CharField(
        label=_("Number of the risk point"), max_length=32, required=False,
        help_text=_("It stands under each point. Leave it empty when it is about all of them."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your opinion on it"), max_length=1000, widget=forms.Textarea,
        help_text=_("You need not say who you are. Only the office and its supervisors read it."),
    )  # fmt: skip
