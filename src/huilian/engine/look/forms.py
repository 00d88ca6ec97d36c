"""Every form of the house looks alike: label above, 必填 in words, the error under its field, a summary on top."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huilian.foundation import money
from huilian.foundation.errors import Invalid, NotAllowed, Refused


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


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files in one field, each of them checked by the service."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not given:
            super().clean(None, initial)
        return [super(ManyFiles, self).clean(one, initial) for one in given]


def act_page(
    request: HttpRequest,
    form: Any,
    run: Callable[[dict], Any],
    then: Callable[[Any], HttpResponse],
    template: str,
    words: dict,
) -> HttpResponse:
    """The page of one act: `then(run(data))` once its form was sent whole, else the form again.

    What refuses stands at its field; a refusal of the post (NotAllowed) is a page of its own.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = run(dict(form.cleaned_data))
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return then(made)
    return render(request, template, {"form": form, **words}, status=422 if form.is_bound and form.errors else 200)
