"""How a notice reads. Kept as a key and its values, so that each person reads it in their own language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from huilian.engine.trail.verbs import Sentence


class UnknownNotice(LookupError):
    """No app declares this notice in its `notices.py`."""


@dataclass(frozen=True)
class Wording(Sentence):
    """「消息文本」 A sentence with {names} filled from the notice's values.

    It must name no citizen, since it may leave the house by SMS. Numbers, units and dates are what it holds.
    """


@cache
def declared() -> dict[str, Wording]:
    """Every wording of every app by its key."""
    found: dict[str, Wording] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.notices"
        if config.name.startswith("huilian.") and find_spec(name):
            for key, wording in import_module(name).NOTICES.items():
                if key in found:
                    raise ValueError(f"{name} declares '{key}' a second time")
                found[key] = wording
    return found


def text_of(key: str, values: Mapping[str, object]) -> str:
    """The sentence in the language being spoken; the bare key when a later release has dropped the wording."""
    wording = declared().get(key)
    return wording.render(values) if wording else key
