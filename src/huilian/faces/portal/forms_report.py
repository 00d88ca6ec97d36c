"""The forms of somebody who speaks up. Nothing typed is kept anywhere before it is sealed."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huilian.areas.hear.tips.queries.choices import FIELDS

LONGEST = 20_000  # characters


def _line(label, most: int, help_text="", **attrs) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text, widget=widget)


class ReportForm(forms.Form):
    """What happened, who did it, where; and who tells, when they want to say."""

    text = forms.CharField(
        label=_("What happened?"),
        min_length=10,
        max_length=LONGEST,
        help_text=_(
            "Who did what, when and where, how much, and who could confirm it. Leave out what only you can know."
        ),
        widget=forms.Textarea(attrs={"rows": 9, "autocomplete": "off"}),
        error_messages={
            "required": _("Write down who did what."),
            "min_length": _("Please write a little more: who, what, when."),
        },
    )
    persons = forms.CharField(
        label=_("Names of those concerned"),
        max_length=400,
        required=False,
        help_text=_("One a line. Whoever is named, their family and who depends on them never gets to see this."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    about = _line(_("Their unit or village"), 80, _("As it is called officially."))
    level = forms.ChoiceField(
        label=_("Who are they?"),
        choices=[
            ("own", _("Officials of a village, a township or a county office")),
            ("higher", _("Leaders of the county")),
            ("own_head", _("Somebody of the discipline commission itself")),
        ],
        initial="own",
        widget=forms.RadioSelect,
    )
    field = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("", pgettext_lazy("a field of a tip", "not sure")), *FIELDS],
        required=False,
    )
    name = _line(_("Your name"), 40)
    phone = _line(_("How you can be reached"), 60, _("Telephone or address, at times that are safe for you."))
    identity_number = _line(
        pgettext_lazy("of a reporter", "Identity number"),
        18,
        _("Not needed. It lets the commission verify that it is you."),
    )

    def __init__(self, *args, named: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if named:
            for key in ("name", "phone"):
                self.fields[key].required = True
        else:
            for key in ("name", "phone", "identity_number"):
                del self.fields[key]
