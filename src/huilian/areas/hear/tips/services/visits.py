"""Video visits: an officer offers times in a township's room, somebody books one, the record becomes a tip."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Place
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from ..models import Tip, Visit
from .intake import CODE, LETTERS, Taken, take_in


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
def book_visit(visit: Visit, *, by) -> str:
    """Book a time that is free, without saying who one is; returns the code to come in with. Raises Conflict."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.booked_at or visit.starts_at <= now():
        raise Conflict(_("This time is taken or over. Choose another."))
    code = "".join(secrets.choice(LETTERS) for _i in range(CODE // 2))
    visit.booked_at, visit.code_digest = now(), hashlib.sha256(f"huilian visit {code}".encode()).hexdigest()
    visit.save()
    record("tips.book_visit", visit, by=by)
    return code


@transaction.atomic
def record_visit(visit: Visit, *, by, **said) -> Taken:
    """Type in what was said; it becomes a tip like any other. `said` as `take_in` takes it. Raises NotAllowed (another
    officer's visit) or Conflict (nobody booked it, it was recorded)."""
    visit = _own(visit, by)
    taken = take_in(channel=Tip.Channel.VIDEO, by=by, **said)
    visit.tip = taken.tip
    visit.save(update_fields=["tip"])
    return taken


@transaction.atomic
def miss_visit(visit: Visit, *, by) -> Visit:
    """Note that nobody came."""
    visit = _own(visit, by)
    visit.is_missed = True
    visit.save(update_fields=["is_missed"])
    record("tips.miss_visit", visit, by=by)
    return visit


def _own(visit: Visit, by) -> Visit:
    require(by, "tips.take")
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.officer_id != by.pk:
        raise NotAllowed(_("Only the officer who listened records a visit."))
    if not visit.booked_at or visit.tip_id or visit.is_missed or visit.starts_at > now():
        raise Conflict(_("This visit is not booked, not yet held, or recorded already."))
    return visit
