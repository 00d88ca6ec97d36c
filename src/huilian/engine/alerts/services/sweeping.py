"""The sweep: clocks get their colours, cases follow, and what each new colour asks for is done.

Three short kinds of transactions, so that nobody waits long and nothing is lost when the worker dies: the clocks with
a note of each change; the cases; and, 500 at a time, alerts and cards, which strike out the notes.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction

from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.models import Card, Case, Procedure, State
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import now, today

from .. import evidence, rulebook
from ..models import Alert, Recoloured
from .raising import Finding, Raised, lapse, raise_many

BATCH = 500
CASE = f"{Case._meta.label_lower}:"
RULE = "RX01"
KIND = "alert"
STEP = "step:"


@dataclass
class Swept:
    """What a sweep did, as counts."""

    clocks: int = 0
    cases: int = 0
    raised: int = 0
    risen: int = 0
    opened: int = 0
    cards: int = 0
    lapsed: int = 0

    as_dict = asdict


def sweep(at: datetime | None = None, *, full: bool = False) -> Swept:
    """Recolour clocks as of `at` (now if not given) and do what follows. `full` compares every running clock.

    Safe to run again and by several workers at once: each change is handed to exactly one of them.
    """
    at, done = at or now(), Swept()
    with transaction.atomic():
        changed = clocks.sweep(at, full=full)
        Recoloured.objects.bulk_create([Recoloured(clock_id=c.id, at=at) for c in changed], batch_size=2000)
    done.clocks = len(changed)
    last = 0
    while ids := list(_waiting(last)):
        last = ids[-1][0]
        done.cases += cases.follow_sweep(clock for _pk, clock in ids)
    while _work_off(at, done):
        pass
    _lapse_answered(at, done)
    return done


def _waiting(after: int):
    return Recoloured.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "clock_id")[: 10 * BATCH]


@transaction.atomic
def _work_off(at: datetime, done: Swept) -> int:
    """Take up to 500 changed clocks off the list and do what they ask for. Returns how many were taken."""
    if not Recoloured.objects.exists():
        return 0
    skip = connection.features.has_select_for_update_skip_locked
    taken = list(Recoloured.objects.select_for_update(skip_locked=skip).order_by("pk")[:BATCH])
    by_id = Clock.objects.in_bulk({row.clock_id for row in taken})
    _follow_up([clock for clock in by_id.values() if _level(clock) and clock.subject.startswith(CASE)], at, done)
    Recoloured.objects.filter(pk__in=[row.pk for row in taken]).delete()
    return len(taken)


def _level(clock: Clock) -> int:
    """The level a clock asks for now, whatever it was when it was noted: it may have been answered meanwhile."""
    return 0 if clock.state == Clock.State.PAUSED else clock.colour


def _follow_up(some: list[Clock], at: datetime, done: Swept) -> None:
    numbers = {clock.subject.removeprefix(CASE) for clock in some}
    found = _cases(numbers)
    whole, steps = [], []
    for clock in some:
        case = found.get(clock.subject.removeprefix(CASE))
        if case is None or case.state not in (State.OPEN, State.CLOSED):
            continue
        if clock.pk == case.clock_id:
            whole.append((case, clock))
        elif case.is_open and clock.is_open and clock.colour == 3 and clock.kind == f"{STEP}{case.step}":
            steps.append((case, clock))
    findings = [_finding(case, clock, at) for case, clock in whole if case.kind != KIND]
    raised = raise_many(findings, at=at)
    done.raised += raised.new
    done.risen += raised.risen
    done.opened += raised.opened
    given = _red_cards(raised, {CASE + case.number: case for case, _clock in whole})
    # No alert about an alert: a reply that is late is an overrun like any other.
    late = [(case, clock) for case, clock in whole if case.kind == KIND and clock.is_open and clock.colour == 3]
    given += _step_cards(steps + late)
    done.cards += cases.give_cards(given, at=at) if given else 0


def _cases(numbers: Iterable[str]) -> dict[str, Case]:
    """The cases of those numbers. What many share (version, unit, place) is one object each, read and parsed once."""
    found = list(Case.objects.filter(number__in=numbers))
    for name, model in (
        ("procedure", Procedure),
        ("unit", Unit),
        ("place", Place),
        ("township", Place),
        ("handler", Person),
        ("clock", Clock),
    ):
        shared = model.objects.in_bulk({key for case in found if (key := getattr(case, f"{name}_id"))})
        for case in found:
            if key := getattr(case, f"{name}_id"):
                setattr(case, name, shared[key])
    return {case.number: case for case in found}


def _red_cards(raised: Raised, about: dict[str, Case]) -> list[cases.Given]:
    """The cards that the routes of the alerts ask for, on the cases the alerts are about."""
    return [
        cases.Given(about[alert.subject], Card.Ground.OVERRUN, route.card, finding.reason["zh"], finding.unit)
        for alert, finding, route in raised.pairs
        if route.card and alert.subject in about
    ]


def _finding(case: Case, clock: Clock, at: datetime) -> Finding:
    rule, level = rulebook.rule(RULE), clock.colour
    rows = [
        evidence.row(
            "procedures.case",
            case.number,
            {"received_at": case.received_at, "class": case.class_key, "step": case.step, "unit": str(case.unit or "")},
        ),
        evidence.row(
            "clocks.clock",
            clock.pk,
            {
                "started_at": clock.started_at,
                "length": clock.length,
                "extension": clock.extension,
                "counted_in": clock.unit,
                "due_at": clock.due_at,
                "pauses": clock.pauses,
                "stopped_at": clock.stopped_at,
                "colour": clock.colour,
            },
        ),
    ]
    return Finding(
        rule=rule.key,
        version=rule.version,
        names=rule.names,
        level=level,
        subject=case,
        key=f"round:{case.round}",  # a case that was reopened can be late again, and that is another alert
        reason=rule.reason(level, case.number, clock),
        parameters={"length": clock.length, "unit": clock.unit, "procedure": clock.rule, "ladder": clock.ladder or {}},
        unit=case.unit,
        place=case.place,
        township=case.township,
        basis=[*case.procedure.body.get("basis", ())],
        evidence=rows,
        data_as_of=at,
        score=rule.weight * level,
        handler=case.handler,
        clock=clock,
    )


def _step_cards(late: Iterable[tuple[Case, Clock]]) -> list[cases.Given]:
    """A yellow card for every overrun step, to whoever holds that step: never to the unit for the centre's delay."""
    late, cards, rule = list(late), [], rulebook.rule(RULE)
    if not late:
        return cards
    holders = _single_holders()
    for case, clock in late:
        step = case.definition.step(case.step)
        unit = case.unit if step.holder == "unit" else _holder(step.roles, holders)
        if unit is not None:
            fact = rule.overrun(case.number, step.name, clock)["zh"]
            cards.append(cases.Given(case, Card.Ground.OVERRUN, 1, fact, unit, case.step))
    return cards


def _single_holders() -> dict[str, set[Unit]]:
    """Which units hold which roles today."""
    found: dict[str, set[Unit]] = defaultdict(set)
    for appointment in Appointment.objects.filter(in_office(today())).select_related("post__unit"):
        for role in appointment.post.roles:
            found[role].add(appointment.post.unit)
    return found


def _holder(roles: Iterable[str], holders: dict[str, set[Unit]]) -> Unit | None:
    """The one unit that can act at a step of the centre; none where several could, for then it is nobody's alone."""
    units = set().union(*(holders.get(role, ()) for role in roles))
    return units.pop() if len(units) == 1 else None


def _lapse_answered(at: datetime, done: Swept) -> None:
    """Prompts whose matter was answered: in time they lapse; late they rise to red, and that opens their case."""
    answered = (
        Alert.objects.filter(state=Alert.State.PROMPT, clock__state=Clock.State.STOPPED)
        .select_related("clock")
        .order_by("pk")
    )
    last = 0
    while batch := list(answered.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        numbers = {a.subject.removeprefix(CASE) for a in batch}
        about = {CASE + number: case for number, case in _cases(numbers).items()}
        lapsed, late = [], []
        for alert in batch:
            case = about.get(alert.subject)
            if case is not None and case.clock_id != alert.clock_id and case.clock and case.clock.is_open:
                # Another class, so another limit in the same round: the prompt now belongs to that one.
                Alert.objects.filter(pk=alert.pk).update(clock=case.clock)
            elif not alert.clock.is_late:
                lapsed.append(alert)
            elif case is not None:
                late.append(_finding(case, alert.clock, at))
        with transaction.atomic():
            done.lapsed += lapse(lapsed, by=SYSTEM, at=at) if lapsed else 0
            raised = raise_many(late, at=at)
            done.risen += raised.risen
            done.opened += raised.opened
            cards = _red_cards(raised, about)
            done.cards += cases.give_cards(cards, at=at) if cards else 0
