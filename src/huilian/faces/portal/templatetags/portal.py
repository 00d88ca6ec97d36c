"""`{% load portal %}`."""

from django import template

register = template.Library()


@register.filter
def percent(rate: float) -> str:
    """A share as 93.4%; never rounded up to a full hundred."""
    return "100%" if rate == 1 else f"{min(rate * 100, 99.9):.1f}%"
