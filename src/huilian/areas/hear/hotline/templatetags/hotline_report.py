"""`{% load hotline_report %}`: a number that leads to the rows it was counted from."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def rows_link(context, n, what: str, more=None, **chosen):
    """`{% rows_link n "closed" unit=u.key %}`: nothing counted, or rows that may not be seen, is a plain number.

    The page has `month` and `may_see_rows`. `more` is a further mapping of what narrows the rows.
    """
    n = n or 0
    if not n or not context.get("may_see_rows"):
        return str(n)
    query = {"month": context["month"].key, "what": what, **(more or {}), **{k: v for k, v in chosen.items() if v}}
    return format_html('<a href="{}?{}">{}</a>', reverse("hotline-report-rows"), urlencode(query), n)
