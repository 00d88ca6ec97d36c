"""Fields that are typed and chosen with the keyboard: a unit, several units, a place, a line of the catalogue.

Each is a text field with a list of proposals under it, filled by htmx while one types. Without it the name is typed in
full, or as much of it as nobody else has; what is not clear is asked back with the choices.
"""

import re

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Place, Unit
from huilian.foundation.errors import Invalid

from .models import Matter
from .queries import place_label, places_named, unit_label, units_named

SHOWN = 5  # choices named in a sentence
_STOPS = re.compile(r"[、，,；;\n]+")


class Proposing(forms.TextInput):
    """「选填框」 A text input with proposals from `address`."""

    template_name = "hotline/fields/proposing.html"

    def __init__(self, address: str, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.address = reverse_lazy(address)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"] |= {
            "list": listed,
            "hx-get": str(self.address),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{listed}",
            "hx-swap": "innerHTML",
            "hx-params": name,
        }
        context["listed"] = listed
        return context


def the_one(found: list, text: str, say):
    """The only one of `found`. Raises `Invalid` with the choices, or that there is none."""
    if len(found) == 1:
        return found[0]
    if not found:
        raise Invalid(_("Nothing is called “%(text)s” here. Type a part of the name and choose.") % {"text": text})
    choices = "、".join(say(one) for one in found[:SHOWN])
    raise Invalid(_("“%(text)s” is not clear. Which one: %(choices)s?") % {"text": text, "choices": choices})


def find_unit(text: str) -> Unit:
    """The unit that `text` means: its name, short name, a part only it has, or its id."""
    if text.isdecimal() and len(text) < 10:
        return the_one(list(Unit.objects.filter(pk=int(text), valid_to=None)), text, unit_label)
    return the_one(units_named(text), text, unit_label)


def find_place(text: str, county: Place | None) -> Place:
    """The place that `text` means; among several the one that bears exactly this name."""
    found = places_named(text, county)
    plain = "".join(text.split())
    exact = [place for place in found if plain in (place.name, place_label(place), place.code)]
    return the_one(exact or found, text, place_label)


def find_matter(text: str) -> Matter:
    """The line of the catalogue that `text` means: its code, with or without its name behind, its name, or its id."""
    lines = Matter.objects.filter(is_active=True)
    if text.isdecimal() and len(text) < 10:
        return the_one(list(lines.filter(pk=int(text))), text, str)
    code = text.split()[0]
    return the_one(
        list(lines.filter(code__iexact=code))
        or list(lines.filter(name=text))
        or list(lines.filter(name__contains=text)),
        text,
        lambda m: f"{m.code} {m.name}",
    )


class _Named(forms.CharField):
    """A field whose text is looked up; shows an object as its label."""

    def __init__(self, **kwargs):
        super().__init__(max_length=400, **kwargs)

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else self.label_of(value)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.find(text)
        except Invalid as unclear:
            raise forms.ValidationError(str(unclear)) from None


class UnitField(_Named):
    """One unit."""

    def __init__(self, **kwargs):
        super().__init__(widget=Proposing("hotline-units"), **kwargs)

    def label_of(self, value) -> str:
        unit = value if isinstance(value, Unit) else Unit.objects.filter(pk=value).first()
        return unit_label(unit) if unit else ""

    def find(self, text: str) -> Unit:
        return find_unit(text)


class UnitsField(forms.CharField):
    """Several units, with 、 or a comma between them. Cleans to a list."""

    def __init__(self, **kwargs):
        super().__init__(max_length=1000, **kwargs)

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else "、".join(unit_label(unit) for unit in value)

    def clean(self, value) -> list[Unit]:
        text = super().clean("、".join(value) if isinstance(value, list) else value)
        try:
            found = [find_unit(part.strip()) for part in _STOPS.split(text) if part.strip()]
        except Invalid as unclear:
            raise forms.ValidationError(str(unclear)) from None
        return list(dict.fromkeys(found))


class PlaceField(_Named):
    """A township or village of the county; `county` is set by the form."""

    county: Place | None = None

    def __init__(self, **kwargs):
        super().__init__(widget=Proposing("hotline-places"), **kwargs)

    def label_of(self, value) -> str:
        place = value if isinstance(value, Place) else Place.objects.filter(pk=value).first()
        return place_label(place) if place else ""

    def find(self, text: str) -> Place:
        return find_place(text, self.county)


class MatterField(_Named):
    """A line of the dispatch catalogue."""

    def __init__(self, **kwargs):
        super().__init__(widget=Proposing("hotline-matters"), **kwargs)

    def label_of(self, value) -> str:
        matter = value if isinstance(value, Matter) else Matter.objects.filter(pk=value).first()
        return f"{matter.code} {matter.name}" if matter else ""

    def find(self, text: str) -> Matter:
        return find_matter(text)
