"""Documents that an office adopts and its people read; recurring duties with their proof."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.calendar.queries import Calendars
from huilian.engine.directory.models import Unit
from huilian.engine.documents.services import attach
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import rules
from ..models import Adoption, Duty, DutyTask, Reading, Slot
from ..queries.reach import WORK, every_office, offices
from .guards import said

File = tuple[BinaryIO, str]


def _allow(by, unit: Unit) -> None:
    require(by, WORK)
    if not offices(by).filter(pk=unit.pk).exists():
        raise NotAllowed(_("%(unit)s does not lie within the reach of your post.") % {"unit": unit})


@transaction.atomic
def adopt(
    slot: Slot, unit: Unit, *, title: str, text: str = "", file: File | None = None, body: str, adopted_on: date,
    review_on: date | None = None, by,
) -> Adoption:  # fmt: skip
    """Enter a version of a document that an office adopted; the one before is in force until the day before.

    Raises Invalid (neither text nor file, a day to come) or Conflict (adopted before the version in force).
    """
    _allow(by, unit)
    if not slot.is_active:
        raise Invalid(_("This document is no longer asked for."))
    if adopted_on > today():
        raise Invalid(_("It was adopted today or before."), field="adopted_on")
    if not text.strip() and file is None:
        raise Invalid(_("Give the text or a file."), field="text")
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    before = Adoption.objects.filter(slot=slot, unit=unit)
    last = before.first()
    if last and adopted_on < last.adopted_on:
        raise Conflict(_("A later version was adopted on %(day)s.") % {"day": last.adopted_on}, field="adopted_on")
    before.filter(ended_on=None).update(
        ended_on=max(adopted_on - timedelta(days=1), last.adopted_on if last else date.min)
    )
    made = Adoption.objects.create(
        slot=slot, unit=unit, version=last.version + 1 if last else 1, title=said(title, "title"), text=text.strip(),
        body=said(body, "body"), adopted_on=adopted_on,
        review_on=review_on or rules.months_later(adopted_on, slot.review_months),
    )  # fmt: skip
    if file is not None:
        made.file = attach(*file, made, kind="office_document", by=by)
        made.save()
    record("office.adopt", made, by=by, data={"version": made.version, "title": made.title})
    return made


@transaction.atomic
def withdraw(adoption: Adoption, *, by) -> Adoption:
    """Take a document out of force; its place is empty then."""
    _allow(by, adoption.unit)
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if adoption.ended_on:
        raise Conflict(_("This version is no longer in force."))
    adoption.ended_on = today()
    adoption.save()
    record("office.withdraw", adoption, by=by, data={"version": adoption.version})
    return adoption


@transaction.atomic
def sign_read(adoption: Adoption, *, by: User) -> Reading:
    """Sign that one has read a document in force."""
    _allow(by, adoption.unit)
    if adoption.ended_on:
        raise Conflict(_("This version is no longer in force."))
    reading, made = Reading.objects.get_or_create(adoption=adoption, user=by, defaults={"at": now()})
    if made:
        record("office.sign_read", adoption, by=by)
    return reading


@transaction.atomic
def plan_tasks() -> int:
    """Enter the tasks of the month, quarter and year that run, for every office. Safe to run again."""
    day, calendars, made = today(), Calendars(), 0
    duties = [(duty, *rules.period_of(duty.every, day)) for duty in Duty.objects.filter(is_active=True)]
    for unit in every_office():
        for duty, period, last in duties:
            due = last
            while not calendars.of(unit.place).is_workday(due):
                due -= timedelta(days=1)
            made += DutyTask.objects.get_or_create(duty=duty, unit=unit, period=period, defaults={"due_on": due})[1]
    if made:
        record("office.plan_tasks", f"office.tasks:{day}", by=SYSTEM, data={"tasks": made})
    return made


@transaction.atomic
def finish(task: DutyTask, *, proof: str, files: Iterable[File] = (), by: User) -> DutyTask:
    """Enter that a duty was done, in words and with files. It keeps the day: late stays late."""
    _allow(by, task.unit)
    task = DutyTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.done_on:
        raise Conflict(_("It was done on %(day)s.") % {"day": task.done_on})
    task.proof, task.done_on = said(proof, "proof"), today()
    task.done_by = by if isinstance(by, User) else None
    task.save()
    for file in files:
        attach(*file, task, kind="office_proof", by=by)
    record("office.finish", task, by=by, data={"task": str(task), "due": task.due_on.isoformat()})
    return task
