"""An opinion on a draft of a list: the name may be left out."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OpinionForm(forms.Form):
    code = forms.CharField(
        label=_("Item it is about, such as V-P-22"), max_length=8, required=False,
        help_text=_("Leave it empty when it is about the whole list."),
    )  # fmt: skip
    text = forms.CharField(label=_("Your opinion"), max_length=2000, widget=forms.Textarea)
    by_whom = forms.CharField(
        label=_("How you wish to be named"), max_length=20, required=False,
        help_text=_("Everybody reads it. Leave it empty and it says “a resident”."),
    )  # fmt: skip
