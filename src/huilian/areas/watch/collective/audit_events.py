"""How the acts on a village's money and things read in the history; one file for each part of the area."""

from importlib import import_module
from pkgutil import iter_modules

from . import events

EVENTS = {}
for found in iter_modules(events.__path__):
    EVENTS |= import_module(f"{events.__name__}.{found.name}").EVENTS
