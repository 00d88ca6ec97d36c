"""Our own cases as an event log: for others as XES, and to be judged like any log. Units stand in it, persons never."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Prefetch, QuerySet

from huilian.engine.look.text import say
from huilian.engine.procedures.definition import Definition
from huilian.engine.procedures.models import Case, CaseStep
from huilian.foundation.now import moment

from .log import EventLog
from .prescription import CLASS, OWN_CLOCK
from .writing import Event, Trace, write
from .xes import Reader

STEP = "huilian:step"


def traces(cases: QuerySet[Case]) -> Iterator[Trace]:
    """Each case with the steps it entered; a case nobody has moved yet stands at its first."""
    stays = CaseStep.objects.select_related("unit").order_by("entered_at", "pk")
    asked = cases.select_related("procedure", "clock", "unit").prefetch_related(Prefetch("steps", stays)).order_by("pk")
    for case in asked.iterator(chunk_size=1000):
        yield _trace(case)


def _trace(case: Case) -> Trace:
    clock = case.clock
    told = {
        "huilian:procedure": case.procedure.key, "huilian:version": case.procedure.version,
        "huilian:state": str(case.state),
        OWN_CLOCK: bool(clock and (clock.pauses or clock.extension)),
    }  # fmt: skip
    told |= {CLASS: case.class_key} if case.class_key else {}
    told |= {"org:group": case.unit.name} if case.unit else {}
    names = _names(case.definition)
    events = tuple(
        Event(names[stay.step], moment(stay.entered_at),
              attributes={STEP: stay.step} | ({"org:group": stay.unit.name} if stay.unit else {}))
        for stay in case.steps.all()
    )  # fmt: skip
    return Trace(case.number, events, told)


def _names(d: Definition) -> dict[str, str]:
    """What each step is called; with its key where two have one name."""
    names = {step.key: say(step.name) for step in d.steps}
    shared = list(names.values())
    return {key: name if shared.count(name) == 1 else f"{name} ({key})" for key, name in names.items()}


def as_xes(cases: QuerySet[Case], *, name: str) -> Iterator[str]:
    """The cases as XES, in pieces."""
    return write(traces(cases), name=name)


def as_log(cases: QuerySet[Case]) -> EventLog:
    """The cases as a log, by way of XES, so that they are judged as any log is. Activities are the keys of steps."""
    pieces = chain.from_iterable([piece.encode()] for piece in write(traces(cases), name="own"))
    return Reader(activity=STEP, keep=(CLASS, OWN_CLOCK)).read(pieces)
