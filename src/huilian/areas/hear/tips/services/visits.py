"""Video visits: an officer offers times in a township's room, somebody books one, the record becomes a tip."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Place
from huilian.engine.trail.services import record
from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import boxes_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from ..models import Tip, Visit
from .intake import CODE, LETTERS, Taken, clean_code, take_in

NOTES_KEPT, NOTES_SOUGHT = timedelta(days=1), timedelta(days=60)


@transaction.atomic
def offer_visit(*, room: Place, starts_at: datetime, minutes: int = 30, by) -> Visit:
    """Offer a time. Raises Invalid (past, or one's own times overlap)."""
    require(by, "tips.take")
    at = moment(starts_at)
    if at <= now():
        raise Invalid(_("The time lies in the past."), field="starts_at")
    if not 10 <= minutes <= 180:
        raise Invalid(_("A visit takes between 10 minutes and three hours."), field="minutes")
    for other in Visit.objects.filter(officer=by, starts_at__date=at.date()):
        if abs((other.starts_at - at).total_seconds()) < 60 * (other.minutes if other.starts_at < at else minutes):
            raise Invalid(_("You offered another time that overlaps."), field="starts_at")
    made = Visit.objects.create(officer=by, room=room, starts_at=at, minutes=minutes)
    record("tips.offer_visit", made, by=by)
    return made


@transaction.atomic
def book_visit(visit: Visit, *, text: str = "", by) -> str:
    """Book a time that is free, without saying who one is; returns the code to come in with. `text`: what it will be
    about, sealed to the officer who listens. Raises Conflict."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.booked_at or visit.starts_at <= now():
        raise Conflict(_("This time is taken or over. Choose another."))
    code = "".join(secrets.choice(LETTERS) for _i in range(CODE // 2))
    visit.booked_at, visit.code_digest = now(), _digest(code)
    visit.save()
    if text.strip():
        vault.seal(visit.subject, "content", text.strip().encode(), readers=[visit.officer], by=by)
    record("tips.book_visit", visit, by=by)
    return code


def visit_by_code(code: str) -> Visit:
    """The visit of a code, still to be held. Raises Conflict."""
    found = Visit.objects.filter(code_digest=_digest(code), starts_at__gt=now()).select_related("room").first()
    if found is None:
        raise Conflict(_("No visit to come is booked under this code. Look at it once more."))
    return found


@transaction.atomic
def give_up_visit(code: str, *, by) -> Visit:
    """Give a booked time back; what was sealed for it goes. Raises Conflict."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit_by_code(code).pk)
    visit.booked_at, visit.code_digest = None, ""
    visit.save()
    _forget(visit)
    record("tips.give_up_visit", visit, by=by)
    return visit


@transaction.atomic
def read_note(visit: Visit, *, purpose: str, token: str, by) -> str:
    """What a booked visit will be about, for the officer who listens. Raises NotAllowed, Conflict or Invalid."""
    require(by, "tips.take")
    box = boxes_of(visit.subject).first()
    if box is None or visit.officer_id != by.pk:
        raise NotAllowed(_("Only the officer who listens reads what a visit is about."))
    return vault.open_box(box, token=token, purpose=purpose, by=by).decode()


@transaction.atomic
def record_visit(visit: Visit, *, by, **said) -> Taken:
    """Type in what was said; it becomes a tip like any other. `said` as `take_in` takes it. Raises NotAllowed (another
    officer's visit) or Conflict (nobody booked it, it was recorded)."""
    visit = _own(visit, by)
    taken = take_in(channel=Tip.Channel.VIDEO, by=by, **said)
    visit.tip = taken.tip
    visit.save(update_fields=["tip"])
    _forget(visit)
    return taken


@transaction.atomic
def miss_visit(visit: Visit, *, by) -> Visit:
    """Note that nobody came."""
    visit = _own(visit, by)
    visit.is_missed = True
    visit.save(update_fields=["is_missed"])
    _forget(visit)
    record("tips.miss_visit", visit, by=by)
    return visit


def _digest(code: str) -> str:
    return hashlib.sha256(f"huilian visit {clean_code(code)}".encode()).hexdigest()


def _forget(visit: Visit) -> int:
    """What was said beforehand lies in the tip now, or is nobody's business."""
    boxes = list(boxes_of(visit.subject))
    for box in boxes:
        box.looks.all().delete()
        box.delete()
    return len(boxes)


def forget_notes() -> int:
    """Destroy what was sealed for visits whose day is over, recorded or not; how many boxes. Safe to run again."""
    over = Visit.objects.filter(starts_at__range=(now() - NOTES_SOUGHT, now() - NOTES_KEPT)).exclude(booked_at=None)
    return sum(_forget(visit) for visit in over)


def _own(visit: Visit, by) -> Visit:
    require(by, "tips.take")
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.officer_id != by.pk:
        raise NotAllowed(_("Only the officer who listened records a visit."))
    if not visit.booked_at or visit.tip_id or visit.is_missed or visit.starts_at > now():
        raise Conflict(_("This visit is not booked, not yet held, or recorded already."))
    return visit
