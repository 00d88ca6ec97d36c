"""Forms of the rule pages. Values are judged by the services; these only carry them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huilian.engine.look.forms import YuanField
from huilian.engine.look.text import say

from .models import RuleSetting
from .queries import InForce


class ParametersForm(forms.Form):
    """One field for each threshold, and the reason."""

    def __init__(self, rule: InForce, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, parameter in rule.rule.parameters.items():
            value = rule.values[name]
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            field = YuanField if parameter.unit == "cents" and isinstance(value, int) else forms.CharField
            self.fields[name] = field(label=say(parameter.names), initial=shown, help_text=parameter.measure)
        self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=500)


class StatusForm(forms.Form):
    """On trial, active, demoted or off."""

    status = forms.ChoiceField(label=_("Status"), choices=RuleSetting.Status.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500)


class CapForm(forms.Form):
    """How many new alerts a day."""

    cap = forms.IntegerField(
        label=_("New alerts a day and village"), required=False, help_text=_("Empty: no limit of its own.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)


class FilterForm(forms.Form):
    """Which rules are listed."""

    q = forms.CharField(label=_("Id or name"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, groups, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("All groups")), *((g, g) for g in groups)]
        self.fields["status"].choices = [("", _("Any status")), *RuleSetting.Status.choices]


class WriteForm(forms.Form):
    """The text of a rule, or of a query."""

    text = forms.CharField(
        label=_("Rule, or a query that only looks"),
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "code", "wrap": "off"}),
        strip=False,
    )
