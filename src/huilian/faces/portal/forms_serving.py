"""What is asked of people who come for a service."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAME = forms.TextInput(attrs={"autocomplete": "name"})
PHONE = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})


class SignUpForm(forms.Form):
    """Somebody wants to take part."""

    name = forms.CharField(
        label=_("Your name"), max_length=40, widget=NAME, error_messages={"required": _("Write your name.")}
    )
    phone = forms.CharField(
        label=pgettext_lazy("of a citizen", "Telephone"),
        max_length=20,
        widget=PHONE,
        error_messages={"required": _("Without a telephone number nobody can call you.")},
    )
    note = forms.CharField(label=_("Anything to mind"), required=False, max_length=200)
