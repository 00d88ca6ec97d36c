"""「开锁用印」 The seal is let out once, and what the box tells of every print is kept whatever it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.calendar.queries import calendar_for, hours_for
from huilian.engine.documents.services import attach
from huilian.engine.procedures import services as cases
from huilian.engine.screening.services import touch
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from .. import codes
from ..devices import DEVICES, Order
from ..models import Print, Release, Request, Seal
from ..photos import ink_share
from ..rules import metres_between
from .guards import allow, locked, locked_seal

VALID = timedelta(minutes=30)
PHOTOS = frozenset({"jpg", "png"})


@dataclass(frozen=True)
class Stamped:
    """What a box tells of one print. `event_id` is its own and never repeats; photographs are (file, name)."""

    event_id: str
    at: datetime
    code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    page: tuple[BinaryIO, str] | None = None
    scene: tuple[BinaryIO, str] | None = None
    title: str = ""


@transaction.atomic
def release(request: Request, *, by) -> str:
    """Let the seal out for what was agreed: a code for the box, good once, for half an hour. Only the keeper."""
    request = locked(request)
    person = allow(by, "seals.keep", request.seal)
    if person != request.seal.keeper:
        raise NotAllowed(_("Only %(name)s keeps this seal.") % {"name": request.seal.keeper})
    if request.case.step != "release" or request.released_at is None:
        raise Conflict(_("Not everybody has agreed to this use yet."))
    if request.seal.state != Seal.State.IN_USE:
        raise Conflict(_("%(seal)s is not in the office or no longer in use.") % {"seal": request.seal})
    left = request.copies - request.prints.count()
    if left <= 0:
        raise Conflict(_("All agreed copies are sealed. Enter it in the book; more copies are a new request."))
    at = now()
    request.releases.filter(state=Release.State.OPEN, expires_at__lte=at).update(state=Release.State.EXPIRED)
    if request.releases.filter(state=Release.State.OPEN).exists():
        raise Conflict(_("The seal is let out for this already. Use the code you were given, or wait half an hour."))
    code = codes.digits(8)
    Release.objects.create(
        request=request,
        digest=codes.of_release(request.seal_id, code),
        prints=left,
        issued_at=at,
        expires_at=at + VALID,
        issued_to=person,
    )
    order = Order(request.seal.device_no, code, left, at + VALID)
    DEVICES[request.seal.device].tell(request.seal.device_address, order)
    cases.act(request.case, "let_out", by=by, data={"prints": left, "until": order.until.isoformat()})
    return code


@transaction.atomic
def report(seal: Seal, stamped: Sequence[Stamped], *, by) -> list[Print]:
    """Keep what a box tells. A print without a valid code is kept all the same, tied to no request: rules see it.

    `by` is the keeper (a box without network of its own) or the box itself. Raises Conflict for an event told before.
    """
    seal = locked_seal(seal)
    if not isinstance(by, Actor) and allow(by, "seals.keep", seal) != seal.keeper:
        raise NotAllowed(_("Only %(name)s keeps this seal.") % {"name": seal.keeper})
    kept = []
    for one in sorted(stamped, key=lambda s: s.at):
        if Print.objects.filter(event_id=one.event_id).exists():
            raise Conflict(_("This print was told already; nothing was changed."))
        if one.at > now() + timedelta(minutes=5):
            raise Invalid(_("The clock of the box runs ahead of ours. Set it, then send again."), field="at")
        kept.append(_keep(seal, one, _request_for(seal, one), by))
    touch([int(seal.place.code)])
    return kept


@transaction.atomic
def close(request: Request, *, by, expected: int | None = None) -> Request:
    """Enter the use in the book: the seal is back in its box, prints are counted against the copies."""
    request = locked(request)
    allow(by, "seals.keep", request.seal)
    printed = request.prints.count()
    if not printed:
        raise Conflict(_("Nothing has been sealed yet."))
    request.releases.filter(state=Release.State.OPEN).update(state=Release.State.EXPIRED)
    case = cases.move(
        request.case, "close", by=by, expected=expected, data={"prints": printed, "copies": request.copies}
    )
    request.case = case
    return request


def enter_by_hand(request: Request, at: datetime) -> None:
    """The prints of an emergency: as many as copies, at the moment that was stated, without photographs."""
    at, inside = moment(at), _in_hours(request.seal, at)
    for _n in range(request.copies):
        Print.objects.create(
            seal=request.seal, request=request, event_id=f"hand:{uuid4().hex}", at=at, kept_at=now(), in_hours=inside
        )


def _request_for(seal: Seal, one: Stamped) -> Request | None:
    """The request whose open release the code belongs to, if its time and its number of prints hold."""
    if not one.code:
        return None
    found = Release.objects.select_for_update(of=("self",)).filter(digest=codes.of_release(seal.pk, one.code)).first()
    if found is None or not found.issued_at <= one.at <= found.expires_at or found.state == Release.State.USED:
        return None
    made = found.request.prints.filter(at__gte=found.issued_at).count() + 1
    if made >= found.prints:
        found.state = Release.State.USED
        found.save(update_fields=["state"])
    found.request.pages.update(is_used=True)
    return found.request


def _keep(seal: Seal, one: Stamped, request: Request | None, by) -> Print:
    metres = None
    if None not in (one.latitude, one.longitude, seal.latitude, seal.longitude):
        metres = metres_between(one.latitude, one.longitude, seal.latitude, seal.longitude)
    subject = request.case if request else seal
    ink = ink_share(one.page[0]) if one.page else None
    photos = [
        attach(*photo, subject, kind="seal_photo", by=by, accepted=PHOTOS) if photo else None
        for photo in (one.page, one.scene)
    ]
    made = Print.objects.create(
        seal=seal,
        request=request,
        event_id=one.event_id,
        at=one.at,
        kept_at=now(),
        in_hours=_in_hours(seal, moment(one.at)),
        latitude=one.latitude,
        longitude=one.longitude,
        metres=metres,
        page_photo=photos[0],
        scene_photo=photos[1],
        ink_share=ink,
        read_title=one.title[:120],
    )
    record("seals.print", subject, by=by, data={"at": moment(one.at).isoformat(), "agreed": request is not None})
    return made


def _in_hours(seal: Seal, at: datetime) -> bool:
    spans = hours_for(seal.place).spans(at.date(), calendar_for(seal.place))
    return any(opens <= at <= closes for opens, closes in spans)
