"""What is asked of people who come for a service."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.look.text import say

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


class WhoForm(forms.Form):
    """Who applies, and where the result goes."""

    kept = True  # in the draft, right or wrong

    name = forms.CharField(
        label=_("Your name"),
        min_length=2,
        max_length=40,
        widget=NAME,
        error_messages={"required": _("Write the name as it stands on the identity card.")},
        help_text=_("As it stands on the identity card."),
    )
    phone = forms.CharField(
        label=pgettext_lazy("of a citizen", "Telephone"),
        max_length=20,
        widget=PHONE,
        error_messages={"required": _("Without a telephone number nobody can tell you the result.")},
    )
    deliver_to = forms.ChoiceField(
        label=_("Where shall the result go?"),
        widget=forms.RadioSelect,
        initial="window",
        choices=[
            ("window", _("I fetch it at the service point")),
            ("home", _("Please bring it home to me")),
            ("post", _("Please send it by post")),
        ],
        error_messages={"required": _("Choose one of the three.")},
    )

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        if not 7 <= sum(c.isdigit() for c in phone) <= 13:
            raise forms.ValidationError(_("This telephone number cannot be right. Give 7 to 13 digits."))
        return phone


class FieldsForm(forms.Form):
    """What the item itself asks; the county has written it into the catalogue."""

    kept = True

    def __init__(self, item, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        for asked in item.fields:
            wide = asked.get("kind") == "text"
            self.fields[f"f_{asked['key']}"] = forms.CharField(
                label=say(asked),
                max_length=500,
                required=bool(asked.get("required")),
                widget=forms.Textarea(attrs={"rows": 4}) if wide else forms.TextInput(),
            )


class IdentityForm(forms.Form):
    """The identity number, only where the item needs it, and typed when it is sent: drafts do not hold it."""

    identity = forms.CharField(
        label=_("Identity number of the applicant"),
        max_length=20,
        help_text=_("Needed for this matter. It is not kept in the draft; afterwards only a few digits are shown."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "inputmode": "text", "data-private": True}
        ),
        error_messages={"required": _("This matter needs the identity number.")},
    )


class GradeForm(forms.Form):
    """The five grades of 好差评."""

    stars = forms.TypedChoiceField(
        label=_("How was it?"),
        widget=forms.RadioSelect,
        coerce=int,
        choices=[
            (5, _("Very satisfied")),
            (4, _("Satisfied")),
            (3, _("Basically satisfied")),
            (2, _("Dissatisfied")),
            (1, _("Very dissatisfied")),
        ],
        error_messages={"required": _("Choose one of the five grades.")},
    )
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class StarsForm(GradeForm):
    """The same, and whether somebody shall call."""

    call_me = forms.BooleanField(
        label=_("Please call me back about it"),
        required=False,
        help_text=_("Whoever is not satisfied is called in any case, by somebody who did not handle the matter."),
    )


class GiveUpForm(forms.Form):
    """Why it is not needed any more."""

    note = forms.CharField(
        label=_("Why do you take it back?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("A word or two is enough.")},
    )


class ComplaintForm(forms.Form):
    """A complaint about how a case was handled."""

    number = forms.CharField(
        label=_("Number of the matter"),
        max_length=32,
        help_text=_("It stands on your slip and begins with two letters."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the number of the matter.")},
    )
    text = forms.CharField(
        label=_("What went wrong?"),
        min_length=6,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Money asked for, sent away without a reason, papers asked for again and again, no answer."),
        error_messages={
            "required": _("Write in a few words what went wrong."),
            "min_length": _("Write in a few words what went wrong."),
        },
    )
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=40, widget=NAME, help_text=_("You need not say who you are.")
    )
    phone = forms.CharField(
        label=pgettext_lazy("of a citizen", "Telephone"), required=False, max_length=20, widget=PHONE
    )
