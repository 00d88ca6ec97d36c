"""What can be done to a clock. Each act writes its event, recomputes the clock from all events, and is in the trail.

Whether a person may do it is decided above (a procedure knows its posts); here the law of time is kept: a pause has a
reason, an extension is given once and before the end, and nothing follows a stop but a reopening.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.calendar import services as calendar_services
from huilian.engine.calendar.queries import Calendars, hours_for
from huilian.engine.trail.actors import SYSTEM, as_actor
from huilian.engine.trail.rules import subject_key
from huilian.engine.trail.services import Act, record, record_many
from huilian.foundation import clock as law
from huilian.foundation.clock import ClockState, Event, Ladder
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import moment, now
from huilian.foundation.workdays import DEFAULT_HOURS, OFFICE_TIME, UNITS, OpeningHours, Year

from .models import Clock, ClockEvent
from .queries import known_reasons

RUNNING, PAUSED, STOPPED = Clock.State.RUNNING, Clock.State.PAUSED, Clock.State.STOPPED
MAX_LENGTH = 5000  # days, months or hours: longer is a slip


class Start(NamedTuple):
    """One clock for `bulk_start`; the fields mean what they mean in `start`. History may come with it."""

    subject: object
    length: int
    unit: str = "workday"
    start_at: datetime | None = None
    kind: str = "answer"
    place: object = None
    basis: str = ""
    rule: str = ""
    ladder: Ladder | None = None
    pauses: tuple[tuple[datetime, datetime | None, str], ...] = ()
    extension: int = 0
    stop_at: datetime | None = None


class Changed(NamedTuple):
    """A clock whose colour a sweep has changed."""

    id: int
    subject: str
    kind: str
    colour: int


def start(
    subject: object,
    *,
    length: int,
    unit: str = "workday",
    kind: str = "answer",
    start_at: datetime | None = None,
    place: object = None,
    basis: str = "",
    rule: str = "",
    ladder: Ladder | None = None,
    by: object = SYSTEM,
    within: bool = False,
) -> Clock:
    """Start a clock of `kind` for `subject` (a model instance or "kind:id").

    `start_at` is the event that sets it off (receipt, acceptance), now if not given; its day is day zero. `place`
    decides which local exceptions and office hours hold. Raises Conflict when such a clock already runs.

    `within` is for acts that hold the lock of the subject and record themselves, due date included: no entry of its
    own in the trail then, and no look for another running clock (the database refuses one all the same).
    """
    order = Start(subject, length, unit, start_at, kind, place, basis, rule, ladder)
    if within:
        return _start(order, by)
    with transaction.atomic():
        return _start_alone(order, by)


def _start_alone(order: Start, by: object) -> Clock:
    name = _name(order.subject)
    if Clock.objects.filter(subject=name, kind=order.kind).exclude(state=STOPPED).exists():
        raise Conflict(_("A time limit of this kind already runs for %(subject)s.") % {"subject": name})
    clock = _start(order, by)
    record("clocks.start", clock, by=by, data=_facts(clock), place=clock.place)
    return clock


def _start(order: Start, by: object) -> Clock:
    clock, events = _build(order, now())
    clock.save(force_insert=True)
    _keep(clock, events, by)
    return clock


@transaction.atomic
def pause(clock: Clock, *, reason: str, by: object, basis: str = "", at: datetime | None = None) -> Clock:
    """Let the clock stand still for a legal reason: a key of `queries.known_reasons()`, or words of the procedure."""
    _lock(clock)
    at = _moment(at)
    if not reason.strip():
        raise Invalid(_("A pause needs its legal reason."), field="reason")
    if clock.state != RUNNING:
        raise Conflict(_("This clock is not running, so it cannot be paused."))
    if at > clock.due_at:
        raise Conflict(_("The limit passed on %(due)s; a pause cannot undo that.") % {"due": clock.due_on})
    known = known_reasons().get(reason)
    event = ClockEvent(kind="pause", at=at, reason=reason.strip(), basis=basis or (known["basis"] if known else ""))
    return _add(clock, event, by, "clocks.pause", {"reason": event.reason, "basis": event.basis})


@transaction.atomic
def resume(clock: Clock, *, by: object, at: datetime | None = None) -> Clock:
    """Let it run again; the day of resumption still belongs to the pause."""
    _lock(clock)
    if clock.state != PAUSED:
        raise Conflict(_("This clock is not paused."))
    return _add(clock, ClockEvent(kind="resume", at=_moment(at)), by, "clocks.resume", {})


@transaction.atomic
def extend(
    clock: Clock, *, length: int, approver: object, reason: str, by: object, at: datetime | None = None
) -> Clock:
    """Give more time: once, before the end, with the name of who approved it and the reason told to the citizen."""
    _lock(clock)
    at = _moment(at)
    label = str(approver or "").strip()
    if not label:
        raise Invalid(_("An extension needs the name of the person who approved it."), field="approver")
    if not reason.strip():
        raise Invalid(_("An extension needs its reason; the citizen will read it."), field="reason")
    if not 1 <= length <= MAX_LENGTH:
        raise Invalid(_("Please say by how much the limit is extended."), field="length")
    if clock.state == STOPPED:
        raise Conflict(_("This clock has stopped."))
    if clock.extension:
        raise Conflict(_("This limit was already extended once; there is no second extension."))
    if clock.state == RUNNING and at > clock.due_at:
        raise Conflict(
            _("The limit passed on %(due)s; an extension must be approved before that.") % {"due": clock.due_on}
        )
    event = ClockEvent(kind="extend", at=at, length=length, reason=reason.strip(), approver=label)
    return _add(clock, event, by, "clocks.extend", {"length": length, "reason": event.reason, "approver": label})


def stop(
    clock: Clock, *, by: object = SYSTEM, at: datetime | None = None, reason: str = "", within: bool = False
) -> Clock:
    """The answer was delivered (not: submitted for review). A paused clock stops as well. `within` as in `start`."""
    if within:
        past = _lock_with_events(clock)
        if clock.state == STOPPED:
            raise Conflict(_("This clock has already stopped."))
        return _append(clock, past, ClockEvent(kind="stop", at=_moment(at), reason=reason), by)
    with transaction.atomic():
        return _stop_alone(clock, by, at, reason)


def _stop_alone(clock: Clock, by: object, at: datetime | None, reason: str) -> Clock:
    _lock(clock)
    if clock.state == STOPPED:
        raise Conflict(_("This clock has already stopped."))
    return _add(clock, ClockEvent(kind="stop", at=_moment(at), reason=reason), by, "clocks.stop", {})


@transaction.atomic
def reopen(clock: Clock, *, by: object = SYSTEM, at: datetime | None = None, reason: str = "") -> Clock:
    """The stop was none (an answer sent back is no answer): time has run on as if it had never stopped."""
    return _again(clock, "reopen", 0, by, at, reason)


@transaction.atomic
def restart(clock: Clock, *, reason: str, by: object, length: int | None = None, at: datetime | None = None) -> Clock:
    """Begin a new period with a new day zero, after a stop. The earlier run stays in the events."""
    if not reason.strip():
        raise Invalid(_("Please say why the limit begins anew."), field="reason")
    return _again(clock, "restart", clock.length if length is None else length, by, at, reason)


@transaction.atomic
def bulk_start(orders: Iterable[Start], *, by: object) -> list[Clock]:
    """Start many clocks at once (imports), with their pauses, extension and stop. All or nothing, one trail entry."""
    when = now()
    calendars = _Calendars()
    built = [_build(order, when, calendars) for order in orders]
    clocks = bulk.insert([clock for clock, _events in built])
    label = as_actor(by).label
    events = []
    for clock, (_same, own) in zip(clocks, built, strict=True):
        for event in own:
            event.clock, event.by, event.recorded_at = clock, label, when
            events.append(event)
    bulk.insert(events)
    if clocks:
        span = f"{clocks[0].pk}-{clocks[-1].pk}"
        record("clocks.bulk_start", f"clocks.batch:{span}", by=by, data={"count": len(clocks)})
    return clocks


def prepare(orders: Iterable[Start]) -> list[Clock]:
    """The clocks `bulk_start` would start, without writing anything: for previews of imports."""
    when, calendars = now(), _Calendars()
    return [_build(order, when, calendars)[0] for order in orders]


def sweep(moment_now: datetime | None = None, *, full: bool = False) -> list[Changed]:
    """Give every running clock the colour it now has, writing only rows whose colour changes; returns those.

    One statement. It looks at `next_at` alone, one range of one index. `full` compares every running clock instead:
    for a clock on the wall that went backwards (demonstrations), and to prove that both ways agree.
    """
    table = connection.ops.quote_name(Clock._meta.db_table)
    at = connection.ops.adapt_datetimefield_value(moment_now or now())
    # Numbers and moments that were not given are no risk: every value goes in as a parameter.
    colour = "CASE WHEN red_at <= %s THEN 3 WHEN orange_at <= %s THEN 2 WHEN yellow_at <= %s THEN 1 ELSE 0 END"
    following = (
        "CASE WHEN yellow_at > %s AND yellow_at < orange_at THEN yellow_at "
        "WHEN orange_at > %s THEN orange_at WHEN red_at > %s THEN red_at END"
    )
    where, values = ("next_at <= %s", [at]) if not full else (f"state = 'running' AND colour <> {colour}", [at] * 3)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET colour = {colour}, next_at = {following} WHERE {where} "
            "RETURNING id, subject, kind, colour",
            [at] * 6 + values,
        )
        return [Changed(*row) for row in cursor.fetchall()]


class Moved(NamedTuple):
    """A clock whose due date a change of the calendar has moved."""

    id: int
    subject: str
    old: str
    new: str


@transaction.atomic
def load_year_and_recompute(year: Year, *, by: object) -> list[Moved]:
    """Load a year's notice and move the due dates of open clocks that depend on it. Old and new dates are recorded."""
    calendar_services.load_year(year, by=by)
    reason = f"{year.notice.title} {year.notice.number}".strip()
    # A notice may reach into the last month of the year before, never further back.
    return recompute_open(since=f"{year.number - 1}-12-01", reason=reason, by=by)


@transaction.atomic
def recompute_open(*, reason: str, by: object, since: str | None = None, batch_size: int = 500) -> list[Moved]:
    """Recompute all open clocks (due on `since` or later) after a change of calendar, exceptions or office hours."""
    open_clocks = Clock.objects.exclude(state=STOPPED).order_by("pk").select_for_update()
    if since:
        open_clocks = open_clocks.filter(due_on__gte=since)
    moved, when, label, calendars = [], now(), as_actor(by).label, _Calendars()
    last = 0
    while batch := list(open_clocks.filter(pk__gt=last).prefetch_related("events")[:batch_size]):
        last = batch[-1].pk
        written, events, acts = [], [], []
        for clock in batch:
            old, was = clock.due_on, (clock.due_at, clock.yellow_at, clock.orange_at, clock.provisional)
            _fill(clock, calendars.state(clock, clock.events.all()), when)
            if was == (clock.due_at, clock.yellow_at, clock.orange_at, clock.provisional):
                continue
            written.append(clock)
            if clock.due_on != old:
                data = {"old": old.isoformat(), "new": clock.due_on.isoformat(), "reason": reason}
                moved.append(Moved(clock.pk, clock.subject, data["old"], data["new"]))
                acts.append(Act("clocks.recompute", clock, data))
                events.append(ClockEvent(clock=clock, kind="recompute", at=when, data=data, by=label, recorded_at=when))
        Clock.objects.bulk_update(written, _RESULT)
        ClockEvent.objects.bulk_create(events)
        record_many(acts, by=by)
    return moved


# ---------------------------------------------------------------------- inside

_RESULT = [
    "started_at", "state", "length", "extension", "pauses", "due_on", "due_at", "yellow_at", "orange_at", "red_at",
    "colour", "next_at", "provisional", "stopped_at",
]  # fmt: skip


class _Calendars:
    """Calendars and office hours, asked for once a place while many clocks are worked on."""

    def __init__(self) -> None:
        self.calendars = Calendars()
        self.hours: dict[str, OpeningHours] = {}

    def state(self, clock: Clock, events: Iterable[ClockEvent]) -> ClockState:
        """What the events amount to at the clock's place."""
        place = clock.place
        if clock.unit in OFFICE_TIME and place not in self.hours:
            self.hours[place] = hours_for(place)
        plain = [Event(e.kind, e.at, e.length, e.reason) for e in events if e.kind != ClockEvent.Kind.RECOMPUTE]
        hours = self.hours.get(place, DEFAULT_HOURS)
        return law.recompute(plain, clock.unit, self.calendars.of(place), clock.ladder_used(), hours)


def _build(order: Start, when: datetime, calendars: _Calendars | None = None) -> tuple[Clock, list[ClockEvent]]:
    """An unsaved clock with its unsaved events."""
    if order.unit not in UNITS:
        raise Invalid(_("“%(unit)s” is no unit of time.") % {"unit": order.unit}, field="unit")
    if not 0 <= order.length <= MAX_LENGTH:
        raise Invalid(
            _("A limit lies between 0 and %(most)s, not %(length)s.") % {"most": MAX_LENGTH, "length": order.length},
            field="length",
        )
    clock = Clock(
        subject=_name(order.subject),
        kind=order.kind,
        unit=order.unit,
        length=order.length,
        basis=order.basis,
        rule=order.rule,
        ladder=asdict(order.ladder) if order.ladder else None,
        place=str(getattr(order.place, "code", order.place) or ""),
    )
    events = [ClockEvent(kind="start", at=moment(order.start_at or when), length=order.length, basis=order.basis)]
    for since, until, reason in order.pauses:
        events.append(ClockEvent(kind="pause", at=moment(since), reason=reason))
        if until:
            events.append(ClockEvent(kind="resume", at=moment(until)))
    if order.extension:
        events.append(ClockEvent(kind="extend", at=events[0].at, length=order.extension))
    if order.stop_at:
        events.append(ClockEvent(kind="stop", at=moment(order.stop_at)))
    _fill(clock, (calendars or _Calendars()).state(clock, events), when)
    return clock, events


def _add(clock: Clock, event: ClockEvent, by: object, verb: str, data: dict[str, object]) -> Clock:
    """Put `event` after the others, recompute, write, record. The clock is locked by the caller."""
    _append(clock, list(clock.events.all()), event, by)
    record(
        verb, clock, by=by, data={"subject": clock.subject, "due": clock.due_on.isoformat(), **data}, place=clock.place
    )
    return clock


def _append(clock: Clock, past: list[ClockEvent], event: ClockEvent, by: object) -> Clock:
    latest = max((e.at for e in past if e.kind != "recompute"), default=event.at)
    if event.at < latest:
        raise Invalid(
            _("This cannot have happened on %(at)s, before the last act on %(last)s.")
            % {"at": moment(event.at).strftime("%F %H:%M"), "last": moment(latest).strftime("%F %H:%M")},
            field="at",
        )
    _fill(clock, _Calendars().state(clock, [*past, event]), now())
    clock.save(update_fields=_RESULT)
    _keep(clock, [event], by)
    return clock


def _again(clock: Clock, kind: str, length: int, by: object, at: datetime | None, reason: str) -> Clock:
    _lock(clock)
    if clock.state != STOPPED:
        raise Conflict(_("This clock is still running."))
    if Clock.objects.filter(subject=clock.subject, kind=clock.kind).exclude(state=STOPPED).exists():
        raise Conflict(_("A time limit of this kind already runs for %(subject)s.") % {"subject": clock.subject})
    event = ClockEvent(kind=kind, at=_moment(at), length=length, reason=reason)
    return _add(clock, event, by, f"clocks.{kind}", {"reason": reason})


def _fill(clock: Clock, state: ClockState, when: datetime) -> None:
    """Write the result of the events into the row."""
    clock.length, clock.extension, clock.state = state.limit - state.extension, state.extension, state.state
    clock.started_at, clock.stopped_at, clock.provisional = state.started_at, state.stopped_at, state.provisional
    clock.due_on, clock.due_at = state.due_on, state.due_at
    clock.yellow_at, clock.orange_at, clock.red_at = state.yellow_at, state.orange_at, state.red_at
    clock.pauses = [[p.since.isoformat(), p.until.isoformat() if p.until else None, p.reason] for p in state.pauses]
    clock.colour = state.colour(when)
    steps = (clock.yellow_at, clock.orange_at, clock.red_at)
    clock.next_at = min((step for step in steps if step and step > when), default=None)


def _keep(clock: Clock, events: list[ClockEvent], by: object) -> None:
    label, when = as_actor(by).label, now()
    for event in events:
        event.clock, event.by, event.recorded_at = clock, label, when
    ClockEvent.objects.bulk_create(events)


def _lock(clock: Clock) -> None:
    clock.refresh_from_db(from_queryset=Clock.objects.select_for_update())


def _lock_with_events(clock: Clock) -> list[ClockEvent]:
    """Lock the clock and read its events in one query. Only where the subject's own lock keeps others from adding any:
    on PostgreSQL a statement that waited for the row would not see an event added meanwhile."""
    found = ClockEvent.objects.filter(clock=clock.pk).select_related("clock").select_for_update(of=("clock",))
    past = list(found.order_by("pk"))
    for field in Clock._meta.concrete_fields:
        setattr(clock, field.attname, getattr(past[0].clock, field.attname))
    return past


def _moment(at: datetime | None) -> datetime:
    return moment(at or now())


def _name(subject: object) -> str:
    return ":".join(subject_key(subject))


def _facts(clock: Clock) -> dict[str, object]:
    return {
        "subject": clock.subject,
        "kind": clock.kind,
        "length": clock.length,
        "unit": clock.unit,
        "due": clock.due_on.isoformat(),
        "provisional": clock.provisional,
    }
