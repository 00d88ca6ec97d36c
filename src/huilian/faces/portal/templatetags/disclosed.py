"""`{% load disclosed %}`: what the pages of villages draw and say."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from huilian.areas.serve.disclosure import queries as disclosure

register = template.Library()


@register.filter
def period(key: str) -> str:
    """A period in words: 2026年10月."""
    return disclosure.period_name(key)


@register.filter
def sides(comparison) -> list[tuple]:
    """Income and spending of a comparison: (name, this village, quartiles)."""
    return [
        (_("Income"), comparison.income, comparison.incomes),
        (_("Spending"), comparison.expense, comparison.expenses),
    ]


@register.simple_tag
def spread(mine: int, quartiles):
    """A bar from nought: the middle half dark, the median and this village as marks."""
    most = max(mine, quartiles.high, 1) * 1.08

    def x(value: int) -> str:
        return f"{max(0.0, value / most * 100):.1f}"

    return format_html(
        '<svg class="spread" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bg" y="4" width="100" height="6" rx="1"/><rect class="half" x="{}" y="4" width="{}" height="6"/>'
        '<rect class="mid" x="{}" y="3" width=".6" height="8"/><rect class="me" x="{}" width="1.2" height="14"/></svg>',
        x(quartiles.low),
        f"{(quartiles.high - quartiles.low) / most * 100:.1f}",
        x(quartiles.median),
        x(mine),
    )
