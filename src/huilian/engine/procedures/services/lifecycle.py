"""Opening a case and moving it along its procedure."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.access.queries import copies_of
from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Person, Place, Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.masking import mask_text
from huilian.foundation.now import moment, now

from ..definition import AS_WRITTEN, Limit, Limits, Move
from ..guards import allowed_move, lock, require_actor, require_free
from ..models import Case, CaseStep, Party, Procedure, State
from ..queries import current_procedure

OUTCOME_STATES = {"refused": State.REFUSED, "merged": State.MERGED, "withdrawn": State.WITHDRAWN}


def township_of(place: Place | None) -> Place | None:
    """The township above (or at) `place`: kept on the case so that a township's list needs no join."""
    return copies_of(place)["township"]


@transaction.atomic
def open_case(
    kind: str,
    *,
    title: str,
    by,
    place: Place | None = None,
    unit: Unit | None = None,
    class_key: str = "",
    source: str = "",
    received_at: datetime | None = None,
    procedure: Procedure | None = None,
    data: dict | None = None,
) -> Case:
    """Open a case at the first step of the procedure `kind` in force. Raises `Invalid` for an empty title."""
    title = title.strip()
    if not title:
        raise Invalid(_("Say in a few words what the matter is."), field="title")
    procedure = procedure or current_procedure(kind)
    received = moment(received_at) if received_at else now()
    case = Case(
        number=next_number(procedure.definition.prefix, on=received.date()),
        procedure=procedure,
        kind=procedure.definition.kind,
        title=title[:200],
        class_key=class_key,
        source=source,
        place=place,
        township=township_of(place),
        unit=unit,
        step=procedure.definition.start,
        received_at=received,
    )
    clock = _start_step_clock(case, by, received)
    _light(case, clock)
    case.save(force_insert=True)
    _enter(case, clock, at=received)
    record("procedures.open", case, by=by, data={"source": source, **(data or {})}, place=place and place.code)
    return case


def open_cases(rows: Iterable[Case]) -> list[Case]:
    """Write the prepared cases of an import, lit by the clocks they come with; the import records the file itself."""
    cases = list(rows)
    for case in cases:
        _light(case, case.lamp or case.clock)
    return bulk.insert(cases)


@transaction.atomic
def move(
    case: Case,
    verb: str,
    *,
    by,
    note: str = "",
    unit: Unit | None = None,
    handler: Person | None = None,
    class_key: str | None = None,
    data: dict | None = None,
    expected: int | None = None,
    at: datetime | None = None,
    limits: Limits = AS_WRITTEN,
) -> Case:
    """Make the move `verb`: the one way a case changes its step.

    Raises `NotAllowed` (wrong post, wrong unit, must step back), `Conflict` (the case is elsewhere by now) or
    `Invalid` (something the move needs is missing). `expected` is the revision the person saw.
    """
    case = lock(case.pk, expected=expected)
    step = case.definition.step(case.step)
    to_make = allowed_move(case, verb)
    require_actor(case, by, roles=to_make.roles or step.roles, holder=to_make.holder or step.holder)
    given = {"note": note, "unit": unit, "handler": handler, "class": class_key or case.class_key}
    for need in to_make.needs:
        if need in given and not given[need]:
            raise Invalid(NEEDED[need](), field=need)
    when = moment(at) if at else now()
    if class_key is not None:
        if case.definition.case_class(class_key) is None:
            raise Invalid(_("This class of matter does not exist in the procedure."), field="class")
        case.class_key = class_key
    if unit is not None:
        case.unit, case.handler = unit, None
    if handler is not None:
        case.handler = handler
    if to_make.target:
        _leave(case, verb, by, when)
    _run_clock(case, to_make, by, when, limits.whole)
    if to_make.target:
        own = _arrive(case, to_make, by, when, limits.step)
        _light(case, case.clock if _counts(case) or own is None else own)
    else:
        follow_clock(case)
    case.revision += 1
    case.save()
    said = {"from": step.key, "to": case.step, "verb": verb, "note": mask_text(note), "round": case.round}
    if to_make.clock and case.clock_id:
        said["due"] = case.clock.due_on.isoformat()  # the clocks leave no entry of their own beside this one
    name = f"{case.kind}.{verb}"
    if case.definition.in_family:  # drawn by the county: no code declares its verbs, so the entry carries the words
        name = "procedures.move"
        said |= {"move": to_make.name, "step": case.definition.step(case.step).name}
    record(
        name,
        case,
        by=by,
        data={**said, **({"unit": unit.name} if unit else {}), **(data or {})},
        place=case.place and case.place.code,
    )
    return case


@transaction.atomic
def act(case: Case, verb: str, *, by, roles: Iterable[str] = (), holder: str = "", data: dict | None = None) -> Case:
    """Record an act that leaves the case at its step (a note, a contact, a record of a call)."""
    case = lock(case.pk)
    step = case.definition.step(case.step)
    require_actor(case, by, roles=tuple(roles) or step.roles, holder=holder or step.holder)
    case.revision += 1
    case.save(update_fields=["revision"])
    record(f"{case.kind}.{verb}", case, by=by, data=data or {}, place=case.place and case.place.code)
    return case


@transaction.atomic
def assign_handler(case: Case, handler: Person, *, by, expected: int | None = None) -> Case:
    """Name the person of the responsible unit who handles the case; they must be free to (回避)."""
    case = lock(case.pk, expected=expected)
    step = case.definition.step(case.step)
    require_actor(case, by, roles=step.roles, holder=step.holder)
    if handler.user_id:
        require_free(case, handler.user)
    case.handler = handler
    case.revision += 1
    case.save(update_fields=["handler", "revision"])
    record("procedures.assign_handler", case, by=by, data={"handler": handler.name})
    return case


@transaction.atomic
def name_party(case: Case, *, person: Person | None = None, unit: Unit | None = None, by) -> Party:
    """Note that the case names a person or a unit, so that those concerned step back from now on."""
    case = lock(case.pk)
    party, made = Party.objects.get_or_create(case=case, person=person, unit=unit)
    if made:
        # The trail says that somebody was named, never who: the history of a case is read by many.
        record("procedures.name_party", case, by=by, data={"kind": "person" if person else "unit"})
    return party


NEEDED = {
    "note": lambda: _("Give the reason in a sentence."),
    "unit": lambda: _("Choose the unit that is to answer."),
    "handler": lambda: _("Choose the person who is to handle it."),
    "class": lambda: _("Choose the class of the matter; it decides the time limit."),
}


def _start_step_clock(case: Case, by, at: datetime, limit: Limit | None = None) -> Clock | None:
    """The clock of the step at which the case now stands, if that step has a limit."""
    limit = limit or case.definition.step(case.step).limit
    if not limit:
        return None
    return clocks.start(
        case,
        length=limit.length,
        unit=limit.unit,
        start_at=at,
        kind=f"step:{case.step}",
        place=case.place,
        rule=str(case.procedure),
        by=by,
        within=True,
    )


def _enter(case: Case, clock: Clock | None, *, at: datetime) -> None:
    CaseStep.objects.create(case=case, step=case.step, round=case.round, unit=case.unit, entered_at=at, clock=clock)


def _leave(case: Case, verb: str, by, at: datetime) -> None:
    stay = CaseStep.objects.filter(case=case, left_at=None).order_by("-id").first()
    if stay is None:
        return
    stay.left_at, stay.left_by, stay.actor = at, verb, str(by)
    stay.save(update_fields=["left_at", "left_by", "actor"])
    if stay.clock_id:
        with suppress(Conflict):  # it has stopped already
            clocks.stop(Clock(pk=stay.clock_id), at=at, by=by, within=True)


def _run_clock(case: Case, to_make: Move, by, at: datetime, whole: Limit | None) -> None:
    """Let the whole clock of the case follow the move. A class change while it runs starts it anew from receipt.

    `begin` counts from the move itself, such as sixty days from acceptance; `restart` does so in a new round.
    """
    if to_make.clock in ("start", "begin", "restart"):
        if to_make.clock == "restart":
            case.round += 1
        case_class = case.definition.case_class(case.class_key)
        if case_class is None:
            raise Invalid(NEEDED["class"](), field="class")
        limit = whole or case_class.limit
        if case.clock_id and case.clock.state != "stopped":
            clocks.stop(case.clock, at=at, by=by, within=True)
        case.clock = clocks.start(
            case,
            length=limit.length,
            unit=limit.unit,
            start_at=case.received_at if to_make.clock == "start" else at,
            kind="whole",
            place=case.place,
            rule=str(case.procedure),
            by=by,
            within=True,
        )
    elif to_make.clock == "stop" and case.clock_id:
        clocks.stop(case.clock, at=at, by=by, within=True)
    elif to_make.clock == "reopen" and case.clock_id:
        clocks.reopen(
            case.clock, at=at, by=by
        )  # an answer sent back was no answer: the time counts as if it never stopped
    elif to_make.clock == "pause" and case.clock_id:
        clocks.pause(case.clock, at=at, reason=to_make.verb, basis="", by=by)
    elif to_make.clock == "resume" and case.clock_id and case.clock.state == "paused":
        clocks.resume(case.clock, at=at, by=by)


def follow_clock(case: Case) -> None:
    """Let the (unsaved) case be lit by the clock that counts now: the whole one while it is open, else its step's."""
    lamp = case.clock  # as just read or changed
    if case.is_open and not _counts(case):
        stay = CaseStep.objects.select_related("clock").filter(case=case, left_at=None).order_by("-id").first()
        lamp = stay.clock if stay and stay.clock_id else lamp
    _light(case, lamp)


def _counts(case: Case) -> bool:
    """Whether the whole clock of the case still runs or rests; else the step's clock lights an open case."""
    return bool(case.clock_id and case.clock.is_open)


def _light(case: Case, lamp: Clock | None) -> None:
    case.lamp = lamp
    case.due_on = lamp.due_on if lamp else None
    case.colour = lamp.colour if lamp and lamp.is_open and case.is_open else 0
    case.is_paused = bool(lamp and lamp.state == "paused")


def _arrive(case: Case, to_make: Move, by, at: datetime, limit: Limit | None) -> Clock | None:
    """Let the case stand at the target of the move; returns the clock of that step, if it has one."""
    if to_make.outcome:
        case.outcome = to_make.outcome
    case.step = to_make.target
    if case.definition.is_end(case.step):
        case.state = OUTCOME_STATES.get(to_make.outcome, State.CLOSED)
        case.closed_at = at
        if case.clock_id and case.clock.state != "stopped":
            clocks.stop(case.clock, at=at, by=by, within=True)
    else:
        case.state, case.closed_at = State.OPEN, None
    own = _start_step_clock(case, by, at, limit)
    _enter(case, own, at=at)
    return own
