"""Sample words of the style guide in both languages; real pages use the catalogues."""

from django import template

from ..text import say

register = template.Library()


@register.simple_tag
def sample(zh, en):
    """`{% sample "保存" "Save" %}`."""
    return say({"zh": zh, "en": en})
