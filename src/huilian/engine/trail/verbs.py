"""How an act reads as a sentence. Every app declares its acts in `audit_events.py`:

    EVENTS = {"hotline.dispatch": Sentence(_("dispatched to {unit}"))}

Names in braces come from the event's `data`; `{actor}` and `{subject}` are also known. The actor stands before the
sentence in a history, so sentences begin with the verb.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.translation import get_language

_NAME = re.compile(r"\{(\w+)\}")
MISSING = "…"


class UnknownVerb(LookupError):
    """No app declares this verb in its `audit_events.py`."""


@dataclass(frozen=True)
class Sentence:
    """`text` is lazily translated; `show` turns stored codes into words, e.g. `{"state": lambda s: State(s).label}`."""

    text: object
    show: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)

    def render(self, values: Mapping[str, object]) -> str:
        def value(found: re.Match[str]) -> str:
            name = found[1]
            given = values.get(name)
            if given is None or given == "":
                return MISSING
            return words(self.show[name](given) if name in self.show else given)

        return _NAME.sub(value, str(self.text))


@cache
def declared() -> dict[str, Sentence]:
    """Every verb of every installed app. Two apps may not declare the same one."""
    found: dict[str, Sentence] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.audit_events"
        if config.name.startswith("huilian.") and find_spec(name):
            for verb, sentence in import_module(name).EVENTS.items():
                if verb in found:
                    raise ValueError(f"{name} declares '{verb}' a second time")
                found[verb] = sentence
    return found


def sentence_of(verb: str) -> Sentence:
    try:
        return declared()[verb]
    except KeyError:
        raise UnknownVerb(f"'{verb}' is declared in no audit_events.py") from None


def words(value: object) -> str:
    """A value of `data` as text: two-language labels in the active language, lists with a comma between."""
    if isinstance(value, Mapping) and "zh" in value:
        language = (get_language() or "zh").partition("-")[0]
        return str(value.get(language) or value["zh"])
    if isinstance(value, (list, tuple)):
        return ("、" if (get_language() or "zh").startswith("zh") else ", ").join(words(v) for v in value)
    return str(value)
