"""Looking at a room, an office or a talk, item by item."""

from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Unit
from huilian.engine.documents.services import attach
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Check, Item, Room, Talk
from ..queries.reach import offices, visible_rooms
from .guards import allow_guard, in_state

PHOTOS = frozenset({"jpg", "png"})
LISTS = {"room": ("room",), "unit": ("seven", "standard"), "talk": ("before", "during", "after")}


class Seen(NamedTuple):
    """How one item was found; `photo` as (file, name)."""

    item: Item
    is_good: bool
    note: str = ""
    photo: tuple[BinaryIO, str] | None = None


@transaction.atomic
def note_checks(thing: Room | Unit | Talk, seen: Iterable[Seen], *, by) -> list[Check]:
    """Write down how items of a room, an office or a talk were found. What is not in order needs words.

    In a talk: before it and while the person is there, by its safety officer.
    """
    kind, seen = _kind(thing), list(seen)
    _allow(thing, {s.item.list for s in seen}, by)
    if not seen:
        raise Invalid(_("Mark at least one item."))
    rows = []
    for item, is_good, note, photo in seen:
        if item.list not in LISTS[kind] or not item.is_active:
            raise Invalid(_("“%(item)s” is not looked at here.") % {"item": item})
        if not is_good and not note.strip():
            raise Invalid(_("Say what is wrong with “%(item)s”.") % {"item": item})
        if photo and kind == "talk":
            raise Invalid(_("No photographs are kept with a talk."))
        kept = attach(*photo, thing, kind="office_photo", by=by, accepted=PHOTOS) if photo else None
        rows.append(Check(**{kind: thing}, item=item, is_good=is_good, note=note.strip()[:200], photo=kept, at=now()))
    for row in rows:
        row.by = by if getattr(by, "pk", None) else None
    Check.objects.bulk_create(rows)
    record("office.check", thing, by=by, data={"items": len(rows), "bad": sum(not r.is_good for r in rows)})
    return rows


def _kind(thing) -> str:
    return "talk" if isinstance(thing, Talk) else "room" if isinstance(thing, Room) else "unit"


def _allow(thing, lists: set[str], by) -> None:
    if isinstance(thing, Talk):
        talk = allow_guard(by, thing)
        if "before" in lists:
            in_state(talk, "agreed")
        if "during" in lists:
            in_state(talk, "inside")
        if "after" in lists:
            in_state(talk, "ended")
        return
    action, rows = ("office.keep", visible_rooms) if isinstance(thing, Room) else ("office.work", offices)
    require(by, action)
    if not rows(by).filter(pk=thing.pk).exists():
        raise NotAllowed(_("This lies outside the reach of your post."))
    if isinstance(thing, Room) and not thing.is_active:
        raise Conflict(_("%(room)s is no longer in use.") % {"room": thing})
