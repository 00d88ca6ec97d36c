"""What is asked of people who follow a trade or take part in it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .forms_serving import NAME, PHONE


class BidderForm(forms.Form):
    """Registering as a bidder. What is wrong the service says at its field."""

    kind = forms.ChoiceField(
        label=_("Who takes part"),
        widget=forms.RadioSelect,
        initial="person",
        choices=[("person", _("I myself")), ("firm", _("a firm")), ("cooperative", _("a cooperative"))],
    )
    name = forms.CharField(label=_("Name as on the papers"), max_length=80, widget=NAME)
    identity = forms.CharField(
        label=_("Identity number or credit code"), max_length=20, widget=forms.TextInput({"autocomplete": "off"})
    )
    phone = forms.CharField(label=pgettext_lazy("of a citizen", "Telephone"), max_length=20, widget=PHONE)
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    agent = forms.CharField(label=_("Who acts for you, if somebody does"), max_length=80, required=False)
    account_no = forms.CharField(
        label=_("Your own bank account"),
        max_length=40,
        help_text=_("The deposit must come from this account and goes back to it."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    account_bank = forms.CharField(label=_("At which bank"), max_length=80, required=False)
    claims = forms.ChoiceField(
        label=_("Priority you claim"),
        choices=[(0, _("none of these")), (2, _("member of this village's collective")), (1, _("present tenant"))],
        help_text=_("The exchange asks for proof."),
    )
    kin_declared = forms.CharField(
        label=_("Are you or your kin a cadre of this village or township?"),
        max_length=120,
        required=False,
        help_text=_("Write who and how you are related. Whoever hides it may lose the deal."),
    )


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Your question about this lot"), max_length=500, widget=forms.Textarea({"rows": 3}))


class ObjectionForm(forms.Form):
    """An objection; name and telephone are not published."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=NAME)
    phone = forms.CharField(label=pgettext_lazy("of a citizen", "Telephone"), max_length=20, widget=PHONE)
    text = forms.CharField(
        label=pgettext_lazy("trading", "What you object to"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


class ReceiptForm(forms.Form):
    """The two things on a bidder's receipt."""

    number = forms.CharField(label=_("Number of the registration"), max_length=32)
    code = forms.CharField(
        label=_("Code of the receipt"), max_length=12, widget=forms.TextInput({"autocomplete": "off"})
    )


class FollowForm(forms.Form):
    email = forms.EmailField(label=_("Your e-mail address"))
