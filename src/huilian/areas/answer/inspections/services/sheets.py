"""Sheets filled on several devices, with or without a network: what arrives is merged, nothing is thrown away."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from huilian.engine.documents.services import attach
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import moment, now

from .. import rules
from ..models import CheckItem, Entry, Finding, Photo, Sheet
from .findings import note_finding
from .guards import allow_on

UID, TEXT = 40, 4000
PHOTOS = frozenset({"jpg", "png"})


def _locked(sheet: Sheet, by: Any, *, finding: bool = False):
    sheet = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    person = allow_on(sheet.target, by, finding=finding)
    if sheet.handed_in_at:
        raise Conflict(_("This sheet is handed in. What you wrote since then stays on your device."))
    return sheet, person


@transaction.atomic
def sync(sheet: Sheet, changes: Iterable[Mapping[str, Any]], *, by: Any) -> Sheet:
    """Take in what a device wrote, in its order: {uid, item (pk), base, mark, text, device, at}. Safe to send again.

    Raises Invalid where a change is no such thing, and then keeps none, so that the device keeps all.
    """
    sheet, person = _locked(sheet, by)
    rows = list(sheet.entries.all())
    kept = [rules.Entry(e.uid, e.item_id, e.base, e.mark, e.text, e.state) for e in rows]
    items = set(sheet.target.round.form.items.values_list("pk", flat=True))
    read = {change.uid: (change, raw) for raw in changes if (change := _read(raw, items))}
    arrived = [change for change, _raw in read.values()]
    merged = rules.merge(kept, arrived)
    moved = {e.uid: e for e in rows if merged[e.uid].state != e.state}
    for uid, entry in moved.items():  # first what gives way: at no moment do two entries of an item count
        Entry.objects.filter(pk=entry.pk).update(state=merged[uid].state)
    known = {e.uid for e in rows}
    fresh = [
        Entry(
            sheet=sheet, item_id=entry.item, uid=entry.uid, base=entry.base, mark=entry.mark, text=entry.text,
            device=str(read[uid][1].get("device", ""))[:UID], by=person, noted_at=_when(read[uid][1]), kept_at=now(),
            state=entry.state,
        )
        for uid, entry in merged.items() if uid not in known
    ]  # fmt: skip
    Entry.objects.bulk_create(fresh)
    if fresh:
        contested = sum(entry.state == "contested" for entry in fresh)
        record("inspections.sync", sheet, by=by, data={"entries": len(fresh), "contested": contested})
    return sheet


def _read(raw: Mapping[str, Any], items: set[int]) -> rules.Entry:
    try:
        found = rules.Entry(
            str(raw["uid"]), int(raw["item"]), str(raw.get("base", "")), str(raw["mark"]), str(raw["text"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(_("What the device sent cannot be read. It stays on the device.")) from error
    good = 8 <= len(found.uid) <= UID and len(found.base) <= UID and len(found.text) <= TEXT
    if not good or found.item not in items or found.mark not in Entry.Mark.values:
        raise Invalid(_("What the device sent does not belong to this sheet. It stays on the device."))
    return found


def _when(raw: Mapping[str, Any]):
    """When the device says it was written; never later than now, since a device's clock may be wrong."""
    try:
        said = parse_datetime(str(raw.get("at", "")))
    except ValueError:
        said = None
    return min(moment(said), now()) if said else now()


@transaction.atomic
def keep_photo(sheet: Sheet, item: CheckItem, *, uid: str, file: BinaryIO, name: str, by: Any) -> Photo:
    """Keep a photograph of an item. The same one sent twice is kept once."""
    sheet, _person = _locked(sheet, by)
    if found := sheet.photos.filter(uid=uid).first():
        return found
    if item.form_id != sheet.target.round.form_id or not 8 <= len(uid) <= UID:
        raise Invalid(_("What the device sent does not belong to this sheet. It stays on the device."))
    kept = attach(file, name, sheet, kind="inspection_photo", by=by, accepted=PHOTOS)
    return Photo.objects.create(sheet=sheet, item=item, uid=uid, attachment=kept)


@transaction.atomic
def decide(sheet: Sheet, entry: Entry, *, by: Any) -> Sheet:
    """Where two devices differ on an item: this entry counts, the others are kept as not taken."""
    sheet, _person = _locked(sheet, by)
    rows = {e.uid: e for e in sheet.entries.filter(item=entry.item)}
    if entry.uid not in rows or not any(e.state == "contested" for e in rows.values()):
        raise Conflict(_("Nothing is to be decided on this item any more."))
    kept = [rules.Entry(e.uid, e.item_id, e.base, e.mark, e.text, e.state) for e in rows.values()]
    chosen = rules.decide(kept, entry.uid)
    for uid in sorted(rows, key=lambda uid: uid == entry.uid):
        if chosen[uid].state != rows[uid].state:
            Entry.objects.filter(pk=rows[uid].pk).update(state=chosen[uid].state)
    record("inspections.decide", sheet, by=by, data={"item": entry.item.number})
    return sheet


@transaction.atomic
def hand_in(sheet: Sheet, *, by: Any) -> list[Finding]:
    """Hand the sheet in: each item marked as a problem becomes a finding with its photographs. Raises Conflict while
    devices differ, Invalid where a problem has no words."""
    sheet, person = _locked(sheet, by, finding=True)
    if sheet.entries.filter(state="contested").exists():
        raise Conflict(_("Two devices differ on an item. Decide what counts before you hand the sheet in."))
    bad = list(sheet.entries.filter(state="current", mark="bad").select_related("item").order_by("item__number"))
    if silent := [str(e.item.number) for e in bad if not e.text.strip()]:
        raise Invalid(_("Say what the problem is at item %(numbers)s.") % {"numbers": "、".join(silent)})
    if not sheet.entries.filter(state="current").exclude(mark="").exists():
        raise Invalid(_("Nothing is written on this sheet yet."))
    made = [note_finding(unit=sheet.target.unit, target=sheet.target, item=e.item, fact=e.text, by=by) for e in bad]
    sheet.handed_in_at, sheet.handed_in_by = now(), person
    sheet.save(update_fields=["handed_in_at", "handed_in_by"])
    record("inspections.hand_in", sheet, by=by, data={"findings": [f.number for f in made]})
    return made
