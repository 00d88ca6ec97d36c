"""Meetings, sessions of small classes, checks by frequency, and the tasks they give to units."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.directory.queries import holders_of
from huilian.engine.directory.roles import roles_that_may
from huilian.engine.documents.services import attach
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from .. import rules
from ..models import Meeting, Round, Routine, Session, Task
from ..queries.packs import digest_of, pack
from .guards import MANAGE, allow, locked_round, said

ANSWER, PLAN = "inspections.answer", "inspections.plan"


@transaction.atomic
def call_meeting(*, title: str, unit: Unit, starts_on: date, ends_on: date, meet_on: date, by: Any) -> Meeting:
    """Call a meeting: the figures of the period are drawn up now and frozen with their digest."""
    allow(by, PLAN, unit)
    if not starts_on <= ends_on <= min(meet_on, today()):
        raise Invalid(_("The period is over before the meeting, and no later than today."), field="ends_on")
    rows = pack(starts_on, ends_on, by)
    meeting = Meeting.objects.create(
        number=next_number("HS"), title=said(title, "title"), unit=unit, starts_on=starts_on, ends_on=ends_on,
        meet_on=meet_on, pack=rows, digest=digest_of(rows),
    )  # fmt: skip
    record("inspections.call_meeting", meeting, by=by, data={"title": meeting.title, "digest": meeting.digest})
    return meeting


def _meeting(meeting: Meeting, by: Any) -> Meeting:
    found = Meeting.objects.select_for_update(of=("self",)).select_related("unit__place").get(pk=meeting.pk)
    allow(by, PLAN, found.unit)
    return found


@transaction.atomic
def hold_meeting(meeting: Meeting, *, held_on: date, attended: str, minutes: str, by: Any) -> Meeting:
    """Enter who came and what was concluded."""
    meeting = _meeting(meeting, by)
    if meeting.held_on:
        raise Conflict(_("The conclusions of this meeting are entered already."))
    if held_on > today():
        raise Invalid(_("The meeting has not been held yet."), field="held_on")
    meeting.held_on, meeting.attended = held_on, said(attended, "attended")
    meeting.minutes = said(minutes, "minutes")
    meeting.save(update_fields=["held_on", "attended", "minutes"])
    record("inspections.hold_meeting", meeting, by=by)
    return meeting


@transaction.atomic
def give_tasks(meeting: Meeting, units: Iterable[Unit], *, what: str, due_on: date, by: Any) -> list[Task]:
    """Make a conclusion the task of units, each with a day and to be proved."""
    meeting = _meeting(meeting, by)
    if not meeting.held_on:
        raise Conflict(_("Enter the conclusions of the meeting first."))
    return _give(units, what=what, due_on=due_on, sender=meeting.unit, meeting=meeting, by=by)


def _give(units: Iterable[Unit], *, what: str, due_on: date, by: Any, **origin: Any) -> list[Task]:
    if due_on < today():
        raise Invalid(_("The day it is due is over already."), field="due_on")
    made = [
        Task(number=next_number("RW"), unit=unit, what=said(what, "what"), due_on=due_on, given_on=today(), **origin)
        for unit in units
    ]
    for task in Task.objects.bulk_create(made):
        told = {"number": task.number, "day": due_on.isoformat()}
        notify(_answerers(task.unit), "inspections.task", task, told, link=reverse("inspections-task",
                                                                                   args=[task.number]))  # fmt: skip
        record("inspections.give_task", task, by=by, place=task.unit.place.code, data={"unit": task.unit.name})
    return made


def _answerers(unit: Unit) -> list[Any]:
    people = {p.pk: p for role in roles_that_may(ANSWER) for p in holders_of(role.key, unit=unit)}
    return [p.user for p in people.values() if p.user]


def _task(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("unit__place").get(pk=task.pk)


@transaction.atomic
def hand_in_task(task: Task, *, result: str, files: Sequence[tuple[BinaryIO, str]], by: Any) -> Task:
    """The unit says what it did and proves it."""
    task = _task(task)
    allow(by, ANSWER, task.unit)
    if task.done_on:
        raise Conflict(_("Task %(number)s is handed in already.") % {"number": task.number})
    if not files:
        raise Invalid(_("Add a paper or photograph that shows it."), field="files")
    task.result, task.done_on = said(result, "result"), today()
    task.save(update_fields=["result", "done_on"])
    for file, name in files:
        attach(file, name, task, kind="inspection_task", by=by)
    record("inspections.hand_in_task", task, by=by, place=task.unit.place.code)
    return task


@transaction.atomic
def accept_task(task: Task, *, note: str = "", by: Any) -> Task:
    """Checked again, and done."""
    return _checked(task, note.strip(), by, accepted=True)


@transaction.atomic
def return_task(task: Task, *, note: str, by: Any) -> Task:
    """Not done: back to the unit; its day stays as it was."""
    return _checked(task, said(note, "note"), by, accepted=False)


def _checked(task: Task, note: str, by: Any, *, accepted: bool) -> Task:
    task = _task(task)
    person = allow(by, MANAGE, task.unit)
    if not task.done_on or task.accepted_on:
        raise Conflict(_("Task %(number)s does not wait to be checked.") % {"number": task.number})
    task.note = note
    if accepted:
        task.accepted_on, task.accepted_by = today(), person
    else:
        task.done_on = None
    task.save(update_fields=["note", "accepted_on", "accepted_by", "done_on"])
    verb = "inspections.accept_task" if accepted else "inspections.return_task"
    record(verb, task, by=by, place=task.unit.place.code, data={"note": note})
    return task


@transaction.atomic
def hold_session(
    round_: Round, *, held_on: date, subject: str, teacher: str, attended: str, homework: str = "",
    due_on: date | None = None, by: Any,
) -> Session:  # fmt: skip
    """「小班课」 Enter a session of a class; its homework becomes a task of each unit of the class."""
    round_ = locked_round(round_, Round.State.RUNNING)
    allow(by, PLAN, round_.unit)
    if round_.kind != Round.Kind.SMALL_CLASS:
        raise Invalid(_("Only a small supervision class has sessions."))
    if not round_.starts_on <= held_on <= today():
        raise Invalid(_("A session lies between the first day of the class and today."), field="held_on")
    session = Session.objects.create(
        round=round_, held_on=held_on, subject=said(subject, "subject"), teacher=said(teacher, "teacher"),
        attended=said(attended, "attended"),
    )  # fmt: skip
    record("inspections.hold_session", round_, by=by, data={"subject": session.subject})
    if homework.strip():
        if due_on is None:
            raise Invalid(_("Say by which day the homework is done."), field="due_on")
        units = [t.unit for t in round_.targets.select_related("unit__place")]
        _give(units, what=homework, due_on=due_on, sender=round_.unit, session=session, by=by)
    return session


@transaction.atomic
def run_routines() -> list[Task]:
    """「四个一」 Give every unit its checks of the period that runs. Safe to run again."""
    made = []
    for routine in Routine.objects.filter(is_active=True):
        span = rules.span(routine.every, today())
        given = Task.objects.filter(routine=routine, period=span.label).values("unit")
        units = Unit.objects.filter(kind=routine.who, valid_to=None).exclude(pk__in=given).select_related("place")
        made += _give(units, what=f"{routine.name}（{span.label}）", due_on=span.last, routine=routine,
                      period=span.label, by=SYSTEM)  # fmt: skip
    return made
