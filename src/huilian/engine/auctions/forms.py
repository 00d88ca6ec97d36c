"""What a bidder fills in. A bid itself is one button; its form holds the amount the page showed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huilian.foundation.money import cents


class SecretForm(forms.Form):
    secret = forms.CharField(label=_("Secret of the paddle"), max_length=60)
    secret.widget.attrs.update(autocomplete="off", autocapitalize="characters", spellcheck="false")


class SealForm(SecretForm):
    """Amount and secret, both for handing in and for showing."""

    amount = forms.CharField(label=_("Amount, yuan"), max_length=20)
    amount.widget.attrs.update(inputmode="decimal", autocomplete="off")
    field_order = ("amount", "secret")

    def clean_amount(self) -> int:
        return cents(self.cleaned_data["amount"])


class BidForm(forms.Form):
    cents = forms.IntegerField(min_value=0, max_value=10**15)
    token = forms.CharField(max_length=64)
    sure = forms.BooleanField(required=False)
