"""Every form of the house looks alike: label above, 必填 in words, the error under its field, a summary on top."""

from django import forms
from django.forms.renderers import TemplatesSetting

from huilian.foundation import money
from huilian.foundation.errors import Invalid


class HouseRenderer(TemplatesSetting):
    """Set once in the settings; a form needs nothing of its own.

    A form may declare `sections = [(legend, [field names]), …]` to be shown in parts.
    """

    form_template_name = "look/forms/form.html"
    field_template_name = "look/parts/field.html"


class YuanField(forms.CharField):
    """An amount typed in yuan. Cleans to cents, which is what services are given."""

    read = staticmethod(money.cents)

    def __init__(self, **kwargs):
        super().__init__(
            max_length=80, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **kwargs
        )

    def prepare_value(self, value):
        return money.text(value) if isinstance(value, int) else value

    def clean(self, value):
        typed = super().clean(value)
        if typed in self.empty_values:
            return None
        try:
            return self.read(typed)
        except Invalid as refused:
            raise forms.ValidationError(str(refused)) from None
