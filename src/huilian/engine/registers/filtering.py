"""Filters of a list, made from the declaration: a choice, a place with all below it, from day to day, a word."""

import django_filters
from django import forms
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huilian.engine.directory.models import Place
from huilian.engine.directory.queries import begins_with
from huilian.foundation.errors import Refused
from huilian.foundation.now import today

from .columns import path_of
from .declare import Register
from .lookups import MANY, Lookup

YES_NO = (("1", gettext_lazy("yes")), ("0", gettext_lazy("no")))


class Search(django_filters.CharFilter):
    """One word over the fields named by `search`."""

    def __init__(self, names, **kwargs) -> None:
        widget = forms.TextInput(attrs={"type": "search", "maxlength": 80})
        super().__init__(label=gettext_lazy("Search for"), widget=widget, **kwargs)
        self.names = names

    def filter(self, qs, value):
        for word in (value or "").split():
            condition = Q()
            for name in self.names:
                condition |= Q(**{f"{name}__icontains": word})
            qs = qs.filter(condition)
        return qs


class Below(django_filters.CharFilter):
    """A place by name or code, with everything below it."""

    def filter(self, qs, value):
        if not value:
            return qs
        try:
            place = Lookup(Place).find(value)
        except Refused:
            # Several may bear the name: all of them, then.
            near = Place.objects.filter(begins_with("name", value) | Q(code=value))[:50]
            condition = Q(pk=None)
            for place in near:
                condition |= self._within(place)
            return qs.filter(condition)
        return qs.filter(self._within(place))

    def _within(self, place: Place) -> Q:
        prefix = "" if self.field_name == "parent" and self.model is Place else f"{self.field_name}__"
        return Q(**{f"{prefix}path__gte": place.path, f"{prefix}path__lte": place.highest_path})


class Named(django_filters.CharFilter):
    """Rows of a large table by a part of their name."""

    def __init__(self, *args, points_to, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.points_to = points_to

    def filter(self, qs, value):
        if not value:
            return qs
        lookup = Lookup(self.points_to)
        condition = Q()
        for name in lookup.fields:
            condition |= Q(**{f"{self.field_name}__{name}__icontains": value})
        return qs.filter(condition) if condition else qs


class YesNo(django_filters.ChoiceFilter):
    def filter(self, qs, value):
        return qs.filter(**{self.field_name: value == "1"}) if value else qs


class Standing(django_filters.ChoiceFilter):
    """Whether something is over: a last day that is past, or none."""

    def filter(self, qs, value):
        over = Q(**{f"{self.field_name}__lt": today()})
        return qs.filter(over) if value == "over" else qs.exclude(over) if value == "now" else qs


def filterset_of(register: Register):
    """The FilterSet class of a register; built for each language and request, because labels and choices change."""
    filters: dict = {}
    if register.search:
        filters["q"] = Search(register.search)
    for name in register.filters:
        filters |= _filters_for(register, name)
    meta = type("Meta", (), {"model": register.model, "fields": []})
    made = type(f"{type(register).__name__}Filters", (django_filters.FilterSet,), {**filters, "Meta": meta})
    return made


def _filters_for(register: Register, name: str) -> dict:
    field = path_of(register.model, name)[-1]
    label = capfirst(str(field.verbose_name))
    every = _("%(what)s: all") % {"what": label}
    if getattr(field, "flatchoices", None):
        return {name: django_filters.ChoiceFilter(name, choices=field.flatchoices, label=label, empty_label=every)}
    if isinstance(field, models.BooleanField):
        return {name: YesNo(name, choices=YES_NO, label=label, empty_label=every)}
    if isinstance(field, models.DateField) and name.split("__")[-1] in ("valid_to", "ends_on", "dissolved_on"):
        choices = (("now", _("in force")), ("over", _("over")))
        return {name: Standing(name, choices=choices, label=label, empty_label=_("In force and over"))}
    if isinstance(field, models.DateField):
        day = "__date" if isinstance(field, models.DateTimeField) else ""
        return {
            f"{name}_from": _day(name, f"{day}__gte", _("%(what)s from") % {"what": label}),
            f"{name}_to": _day(name, f"{day}__lte", _("%(what)s until") % {"what": label}),
        }
    if field.is_relation:
        if field.related_model is Place:
            return {name: Below(name, label=_("%(what)s (with all below)") % {"what": label})}
        rows = field.related_model._default_manager.all()
        if rows.order_by()[: MANY + 1].count() <= MANY:
            return {name: django_filters.ModelChoiceFilter(name, queryset=rows, label=label, empty_label=every)}
        return {name: Named(name, label=label, points_to=field.related_model)}
    values = [] if isinstance(field, models.TextField) else _values(register, name)
    if values:
        return {name: django_filters.ChoiceFilter(name, choices=values, label=label, empty_label=every)}
    return {name: django_filters.CharFilter(name, lookup_expr="icontains", label=label)}


def _day(name: str, lookup: str, label: str) -> django_filters.Filter:
    widget = forms.DateInput(attrs={"type": "date"})
    return django_filters.DateFilter(name, lookup_expr=lookup.lstrip("_"), label=label, widget=widget)


def _values(register: Register, name: str) -> list[tuple]:
    """The few values that a text really has, as a list to choose from; nothing when they are many."""
    found = list(register.model._default_manager.order_by(name).values_list(name, flat=True).distinct()[: MANY + 1])
    return [(v, v) for v in found if v not in (None, "")] if len(found) <= MANY else []
