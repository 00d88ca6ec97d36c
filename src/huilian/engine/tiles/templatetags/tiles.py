"""`{% load tiles %}{% tile shown %}`: a tile drawn by the part of its shape."""

from django import template
from django.template.loader import render_to_string

from .. import drawing

register = template.Library()


@register.simple_tag(takes_context=True)
def tile(context, shown):
    """The whole box of one tile."""
    ident = shown.tile.key.replace(".", "-").replace("_", "-")
    values = {"tile": shown.tile, "reading": shown.reading, "ident": ident, "request": context.get("request")}
    return render_to_string(shown.tile.template, values)


@register.simple_tag
def trend(reading):
    return drawing.trend(reading)


@register.filter
def by_day(reading):
    """(day, [count of each line]) for the table that readers get."""
    return [(day, [values[i] for _name, values in reading.lines]) for i, day in enumerate(reading.days)]
