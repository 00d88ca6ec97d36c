"""Every form of the house looks alike: label above, 必填 in words, the error under its field, a summary on top."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Set once in the settings; a form needs nothing of its own.

    A form may declare `sections = [(legend, [field names]), …]` to be shown in parts.
    """

    form_template_name = "look/forms/form.html"
    field_template_name = "look/parts/field.html"
