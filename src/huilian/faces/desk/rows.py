"""Cases as the rows of a list show them."""

from collections.abc import Iterable

from huilian.engine.clocks.models import Clock
from huilian.engine.clocks.queries import clock_faces
from huilian.engine.look.levels import limit as limit_words
from huilian.engine.look.text import say
from huilian.engine.procedures.models import Case, Supervision
from huilian.engine.procedures.worklists import definitions

from .lists import source_names

WITH = ("lamp", "unit", "handler", "place", "township")


def rows_of(cases: Iterable[Case], address) -> list[dict]:
    """What the part `look/parts/worklist.html` needs. `address(case)` leads to its page. No query of its own."""
    cases = list(cases)
    clocks = {case.pk: clock for case in cases if (clock := clock_of(case))}
    faces = clock_faces(clocks.values())
    known, sources = definitions(), source_names()
    return [
        {
            "key": case.pk,
            "href": address(case),
            "title": case.title,
            "number": case.number,
            "source": sources.get(case.source, case.source),
            "tags": tags_of(case, known[case.procedure_id]),
            "clock": faces[clocks[case.pk].pk] if case.pk in clocks else None,
            "place": case.township or case.place or "",
            "place_sub": case.place if case.township_id and case.place_id != case.township_id else "",
            "unit": case.unit or "",
            "person": case.handler or "",
            "step": step_name(case, known[case.procedure_id]),
        }
        for case in cases
    ]


def clock_of(case: Case) -> Clock | None:
    """The clock that is shown for a case: the one its lamp follows, else its whole one."""
    return case.lamp if case.lamp_id else case.clock if case.clock_id else None


def step_name(case: Case, definition) -> str:
    return say(definition.step(case.step).name)


def class_name(case: Case, definition) -> str:
    """The class with its limit: 特殊 7 个工作日."""
    found = definition.case_class(case.class_key)
    return f"{say(found.name)} {limit_words(found.limit.length, found.limit.unit)}" if found else ""


def tags_of(case: Case, definition) -> list[str]:
    found = [class_name(case, definition)] if case.class_key else []
    if case.supervision:
        found.append(str(Supervision.Level(case.supervision).label))
    if not case.is_open:
        found.append(case.get_state_display())
    return [tag for tag in found if tag]
