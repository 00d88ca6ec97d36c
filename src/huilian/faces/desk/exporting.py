"""A list as a workbook: the columns an office files and prints."""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huilian.engine.look.counting import counts_up_to
from huilian.engine.look.levels import NAMES
from huilian.engine.procedures.models import Case, Supervision
from huilian.engine.procedures.worklists import LEVELS, definitions
from huilian.engine.sheets import Column, write_to
from huilian.foundation.now import moment, now

from .lists import Worklist, kind_name, source_names
from .rows import class_name, step_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 100_000  # a workbook above that no longer opens on the machines of offices


def columns() -> list[Column]:
    return [
        Column("number", _("Number"), "code"),
        Column("title", _("Matter"), width=44),
        Column("kind", _("Kind")),
        Column("class", _("Class")),
        Column("source", _("Source")),
        Column("township", _("Township")),
        Column("place", _("Place")),
        Column("unit", _("Unit in charge"), width=26),
        Column("handler", _("Handler")),
        Column("step", _("Step")),
        Column("state", _("State")),
        Column("level", _("Level")),
        Column("received", _("Received"), "datetime"),
        Column("due", _("Due"), "date"),
        Column("closed", _("Closed"), "datetime"),
        Column("supervision", pgettext("of a case", "Supervision")),
    ]


def write(worklist: Worklist, out: BinaryIO) -> int:
    """Write the rows of `worklist` into `out`; returns how many. The note says when, and whether rows were left out."""
    note = _("%(when)s · by %(who)s") % {"when": f"{now():%Y-%m-%d %H:%M}", "who": worklist.user}
    if sum(counts_up_to(worklist.parts, MOST_ROWS)) > MOST_ROWS:
        note += " · " + _("only the first %(n)s rows; narrow the filter for the rest") % {"n": f"{MOST_ROWS:,}"}
    return write_to(out, columns(), _lines(worklist), str(worklist.source.title), note=note)


def _lines(worklist: Worklist) -> Iterator[list]:
    known, sources = definitions(), source_names()
    for case in worklist.each(MOST_ROWS, "unit", "handler", "place", "township"):
        definition = known[case.procedure_id]
        yield [
            case.number,
            case.title,
            kind_name(case.kind),
            class_name(case, definition),
            sources.get(case.source, case.source),
            case.township and case.township.name,
            case.place and case.place.name,
            case.unit and case.unit.name,
            case.handler and case.handler.name,
            step_name(case, definition),
            case.get_state_display(),
            str(NAMES[level_of(case)]),
            moment(case.received_at),
            case.due_on,
            case.closed_at and moment(case.closed_at),
            str(Supervision.Level(case.supervision).label) if case.supervision else "",
        ]


def level_of(case: Case) -> str:
    if not case.is_open:
        return "done"
    return "pause" if case.is_paused else LEVELS[3 - case.colour]
