"""What stands behind a sealed box: an area says what it is called and where its page is, so that the vault's own pages
can lead there. The vault itself never shows what is in a box of an area."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PARTS = {
    "content": pgettext_lazy("part of a box", "Content"),
    "identity": pgettext_lazy("part of a box", "Identity"),
    "file": pgettext_lazy("part of a box", "File"),
    "talk": pgettext_lazy("part of a box", "Talk"),
    "led": pgettext_lazy("part of a box", "Led by a leader"),
    "answer": pgettext_lazy("part of a box", "Answer of the lower level"),
    "summary": pgettext_lazy("part of a box", "Rewritten summary"),
}
_pages: dict[str, Callable[[str], str]] = {}


def register(kind: str, page: Callable[[str], str]) -> None:
    """`page(number)` is the address of the thing whose boxes belong to "<kind>:<number>"."""
    _pages[kind] = page


def page_of(subject: str) -> str:
    """The address of what a box belongs to; empty where nobody registered it."""
    kind, _colon, number = subject.partition(":")
    return _pages[kind](number) if kind in _pages else ""


def part_name(part: str) -> str:
    """The part of a box in words: "file-2" is 附件 2."""
    name, _dash, count = part.partition("-")
    return f"{PARTS.get(name, _('Sealed box'))} {count}".rstrip()
