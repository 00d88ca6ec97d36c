"""Who may read which kind of file. Every app declares its kinds in `documents.py`; what is undeclared nobody may read.

KINDS = {"supervision_notice": Kind(_("Supervision notice"), may_read=lambda user, file: …)}
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


class UnknownKind(LookupError):
    """No app declares this kind in its `documents.py`."""


@dataclass(frozen=True)
class Kind:
    """「文件类别」 `may_read(user, file) -> bool`. With `record_reads` every download enters the trail."""

    name: object
    may_read: Callable
    record_reads: bool = False


@cache
def declared() -> dict[str, Kind]:
    """Every kind of every app."""
    found: dict[str, Kind] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.documents"
        if config.name.startswith("huilian.") and find_spec(name):
            for key, kind in import_module(name).KINDS.items():
                if key in found:
                    raise ValueError(f"{name} declares '{key}' a second time")
                found[key] = kind
    return found


def kind_called(key: str) -> Kind:
    """The kind `key`. Raises UnknownKind."""
    try:
        return declared()[key]
    except KeyError:
        raise UnknownKind(f"'{key}' is declared in no documents.py") from None
