"""「网上网下并行」 The same item on the village board, proved by a photograph; the register of boards and screens."""

from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.documents.attachments import check as check_file
from huilian.engine.documents.services import attach
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import moment, now, today

from ..models import Carrier, Item, Proof
from .guards import changed, locked_item, locked_obligation, require_here, user_of

PICTURES = frozenset({"jpg", "png"})
MEGABYTES = 8


@transaction.atomic
def prove(item: Item, photo: BinaryIO, name: str, *, spot: str, posted_on: date, by) -> Proof:
    """Hand in the photograph of the board. A picture used before is taken, and noted as such for everybody to see."""
    require_here(by, "disclosure.draft", item.place)
    obligation = locked_obligation(item.obligation)
    item = locked_item(item)
    if not item.is_up:
        raise Conflict(_("%(number)s is not published. First the web, then the board.") % {"number": item.number})
    if not spot.strip():
        raise Invalid(_("Say on which board it hangs."), field="spot")
    if posted_on > today() or posted_on < moment(item.published_at).date():
        raise Invalid(_("It was posted between the day of publication and today. Check the date."), field="posted_on")
    _kind, _size, digest = check_file(photo, name, accepted=PICTURES, megabytes=MEGABYTES)
    earlier = Proof.objects.filter(photo_digest=digest, item__place=item.place).order_by("id").first()
    kept = attach(photo, name, item, kind="disclosure_proof", by=by, accepted=PICTURES, megabytes=MEGABYTES)
    proof = Proof.objects.create(
        item=item,
        posted_on=posted_on,
        spot=spot.strip()[:80],
        photo=kept,
        photo_digest=digest,
        repeats=earlier,
        posted_by=user_of(by),
        entered_at=now(),
    )
    if obligation.board_on is None:
        obligation.board_on = posted_on
        obligation.save(update_fields=["board_on"])
    said = {"spot": proof.spot, "on": posted_on, "repeats": earlier.item.number if earlier else ""}
    changed(obligation)
    record("disclosure.prove", item, by=by, data=said, place=item.place)
    return proof


@transaction.atomic
def save_carrier(carrier: Carrier | None, values: dict, *, by) -> Carrier:
    """Add or change a board, screen, kiosk or site of the register."""
    place = values.get("place") or (carrier.place if carrier else None)
    if place is None:
        raise Invalid(_("Say in which place it stands."), field="place")
    require_here(by, "disclosure.oversee", place)
    row = Carrier.objects.select_for_update().get(pk=carrier.pk) if carrier else Carrier()
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    record("disclosure.carrier", row, by=by, data={"name": row.name}, place=place)
    return row


@transaction.atomic
def look_at_carrier(carrier: Carrier, finding: str, *, by) -> Carrier:
    """Note that somebody looked whether a board or screen is up to date, and what was found."""
    require_here(by, "disclosure.oversee", carrier.place)
    if not finding.strip():
        raise Invalid(_("Write what you found: up to date, or what was missing."), field="finding")
    carrier = Carrier.objects.select_for_update().get(pk=carrier.pk)
    carrier.checked_on, carrier.finding = today(), finding.strip()[:200]
    carrier.save(update_fields=["checked_on", "finding"])
    record("disclosure.look", carrier, by=by, data={"finding": carrier.finding}, place=carrier.place)
    return carrier
