"""What the pages of the vault ask for. Passphrases and sheets pass through and are kept nowhere."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.engine.accounts.models import User
from huilian.engine.accounts.queries import second_factor_of

from .models import Box
from .queries import orphans


def _words(label, new=False, **more) -> forms.CharField:
    typed = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "off"})
    return forms.CharField(label=label, strip=False, max_length=200, widget=typed, **more)


def _sheet(label) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )


class UnlockForm(forms.Form):
    passphrase = _words(_("Passphrase of the key"))
    code = forms.CharField(
        label=_("One-time code"), max_length=8, widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"})
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        if second_factor_of(user) is None:
            del self.fields["code"]


class NewWordsForm(forms.Form):
    """New words, typed twice: nobody can tell them again."""

    passphrase = _words(
        _("New passphrase"), new=True,
        help_text=_("At least 12 characters, best several words that do not belong together. Nobody can tell it to you "
                    "again: if it is lost, three sheets of paper must be fetched."),
    )  # fmt: skip
    again = _words(_("New passphrase again"), new=True)

    def clean(self):
        given = super().clean()
        if given.get("passphrase") and given.get("again") and given["passphrase"] != given["again"]:
            self.add_error("again", _("The two passphrases differ."))
        return given


class ChangeForm(NewWordsForm):
    old = _words(_("Present passphrase"))
    field_order = ("old", "passphrase", "again")


class RefuseForm(forms.Form):
    note = forms.CharField(label=_("Reason of the refusal"), max_length=200, widget=forms.TextInput({"class": "input"}))


class NothingForm(forms.Form):
    """A press of the button and nothing else."""


class SheetsForm(forms.Form):
    """Two of the three sheets."""

    one = _sheet(_("Code of one sheet"))
    other = _sheet(_("Code of another sheet"))

    @property
    def sheets(self) -> tuple[str, str]:
        return self.cleaned_data["one"], self.cleaned_data["other"]


def holders() -> "forms.ModelChoiceField.queryset":
    return User.objects.filter(is_active=True, vault_keys__retired_at=None, vault_keys__isnull=False).order_by("name")


class RecoverForm(SheetsForm):
    subjects = forms.CharField(
        label=_("What is to be opened"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Business numbers, one a line. Left empty: every box that nobody can open any more."),
    )  # fmt: skip
    to = forms.ModelChoiceField(label=_("Who receives it"), queryset=None)
    agreers = forms.ModelMultipleChoiceField(
        label=_("Who agrees to openings"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Where a box is opened by two, the second half goes to these."),
    )  # fmt: skip
    purpose = forms.CharField(label=pgettext_lazy("vault", "purpose"), max_length=200)
    field_order = ("subjects", "to", "agreers", "purpose", "one", "other")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = self.fields["agreers"].queryset = holders()

    def clean_subjects(self):
        """The boxes themselves; a number without any is a mistake."""
        numbers = self.cleaned_data["subjects"].split()
        if not numbers:
            return orphans()
        boxes = {n: list(Box.objects.filter(subject__endswith=f":{n}")) for n in numbers}
        if missing := [n for n, found in boxes.items() if not found]:
            raise forms.ValidationError(_("Nothing is sealed under %(numbers)s.") % {"numbers": ", ".join(missing)})
        return [box for found in boxes.values() for box in found]


class RetireForm(forms.Form):
    user = forms.ModelChoiceField(label=_("Whose key"), queryset=None)
    lost = forms.BooleanField(
        label=_("The passphrase is lost"), required=False,
        help_text=_("What opened with this key alone is then left to recovery."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = holders()
