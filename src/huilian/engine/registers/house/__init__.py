"""Registers of the engine's own tables. They stand here because the engine's parts lie below this one."""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    """Import every declaration."""
    for part in iter_modules(__path__):
        import_module(f"{__name__}.{part.name}")
