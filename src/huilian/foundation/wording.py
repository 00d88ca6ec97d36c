"""Sentences of the foundation, kept in English and put into the reader's language only when they are shown.

The foundation knows no web framework, so it marks its sentences with `_()` and the project says once, at start, how a
sentence is translated (`speak_with`). A sentence is translated when it is shown, not when it is made: a refusal made in
a worker is read by people of both languages.
"""

from collections.abc import Callable

_translate: Callable[[str], str] = str


def speak_with(translate: Callable[[str], str]) -> None:
    """Let `translate` (English source -> sentence in the active language) speak for the foundation from now on."""
    global _translate
    _translate = translate


class Wording:
    """A sentence with its values, turned into text by `str()`."""

    __slots__ = ("source", "values")

    def __init__(self, source: str, **values: object):
        self.source, self.values = source, values

    def __str__(self) -> str:
        text = _translate(self.source)
        return text % self.values if self.values else text

    def __repr__(self) -> str:
        return f"Wording({self.source!r}, {self.values!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | Wording) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.source)


def _(source: str, **values: object) -> Wording:
    """Mark `source` for the catalogue; `values` fill its `%(name)s` places."""
    return Wording(source, **values)
