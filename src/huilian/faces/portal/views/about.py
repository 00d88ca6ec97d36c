"""What this site is, how its public log can be checked, accessibility, personal data."""

from base64 import b64decode
from binascii import Error
from dataclasses import dataclass

from django.views.decorators.http import require_safe

from huilian.engine.trail import queries as trail
from huilian.foundation.now import today

from ..shell import public, show

RULES = ("国办发〔2020〕53号", "国办函〔2025〕66号", "GB/T 33358-2016")


@dataclass(frozen=True)
class Head:
    """A signed head of the public log, read from its note (c2sp.org/signed-note)."""

    origin: str
    size: int
    root: str  # hexadecimal
    note: str


def read_note(note: str) -> Head | None:
    """The head in a note; None when the note is not one."""
    lines = note.splitlines()
    try:
        return Head(lines[0], int(lines[1]), b64decode(lines[2], validate=True).hex(), note)
    except (IndexError, ValueError, Error):
        return None


@require_safe
@public
def log(request):
    day = today().isoformat()
    daily = trail.daily_head(day)
    words = {"head": read_note(trail.checkpoint()), "daily": read_note(daily) if daily else None, "day": today()}
    return show(request, "portal/log.html", {**words, "day_key": day})


@require_safe
@public
def about(request):
    return show(request, "portal/about.html", {"rules": RULES})


@require_safe
@public
def accessibility(request):
    return show(request, "portal/accessibility.html")


@require_safe
@public
def privacy(request):
    return show(request, "portal/privacy.html")
