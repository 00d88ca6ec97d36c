"""How the acts of this area read in a history: one file in `events/` for each part."""

from importlib import import_module
from pathlib import Path

EVENTS = {}
for _found in sorted((Path(__file__).parent / "events").glob("[a-z]*.py")):
    EVENTS |= import_module(f"{__package__}.events.{_found.stem}").EVENTS
