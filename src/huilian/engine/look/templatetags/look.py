"""`{% load look %}`: icons, level shapes, clocks, small charts, money and dates."""

from django import template
from django.conf import settings
from django.utils.html import format_html

from .. import levels, svg, text
from ..icons import NAMES, NoSuchIcon, address

register = template.Library()
_known = frozenset(NAMES)


@register.simple_tag
def icon(name: str, cls: str = ""):
    """`{% icon "bell" %}`: a drawing beside words, hidden from readers."""
    if name not in _known:
        if settings.DEBUG or settings.TESTING:
            raise NoSuchIcon(f"{name!r} is not in huilian.engine.look.icons.NAMES")
        return ""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', cls, address(name)
    )


for _name in ("shape", "clock_bar", "clock_ring", "spark", "flow", "hbar", "stack"):
    register.simple_tag(getattr(svg, _name), name=_name)


@register.simple_tag
def chip(level: str, words=""):
    """`{% chip "red" "超期 2 个工作日" %}`: shape and words in the level's colours; without words its name."""
    return format_html(
        '<span class="chip lv-{}">{}{}</span>', level, svg.shape(level, 17), words or levels.NAMES[level]
    )


@register.simple_tag
def when(value, form: str = "short"):
    """`{% when case.received_at %}`: a <time>; form is short (11-20 09:05), day (11-20) or long (2026年11月20日)."""
    if not value:
        return ""
    words = {"short": text.moment, "day": text.day, "long": text.long_day}[form](value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.inclusion_tag("look/parts/pager.html", takes_context=True)
def pager(context, page, target: str = ""):
    """`{% pager page "#worklist" %}`: the numbered way through a paginator's pages; keeps the rest of the address."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "pages": pages, "target": target, "request": context.get("request")}


@register.filter
def money(value, digits=2):
    """Cents (whole number) or yuan (Decimal) as 1,234.50."""
    return text.money(value, int(digits))


@register.filter
def signed(value):
    """Money with its sign always written: +1,234.50, −80.00."""
    words = text.money(value)
    return words if words.startswith("−") or not words else f"+{words}"


register.filter("say", text.say)
register.filter("day", text.day)
register.filter("moment", text.moment)
register.filter("longday", text.long_day)
register.filter("weekday", text.weekday)
register.filter("filesize", text.size)


@register.filter
def levelname(level):
    """The level in words: 黄色预警."""
    return levels.NAMES[level]


@register.filter
def get(mapping, key):
    """`{{ counts|get:level }}`."""
    return mapping.get(key, "")


@register.filter
def error_text(errors):
    """The sentences of an ErrorList in one line, for the summary on top of a form."""
    return " ".join(str(e) for e in errors)


@register.filter
def field_of(form, name):
    """The bound field `name` of a form, or nothing."""
    return form[name] if name in form.fields else None
