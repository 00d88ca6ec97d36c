"""Two maps side by side: the prescribed procedure and the process a log shows, with every step in the same place.

What deviates or waits is marked by a shape and by words, not by colour alone; `rows` says the same as a table.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huilian.engine.look.text import say

from .discovery import END, START, Discovered, Way
from .drawing import Box, Line, Picture
from .prescription import Prescription

DEVIATIONS_DRAWN = 8  # the most frequent ones; the table has them all


@dataclass(frozen=True)
class Row:
    """One way of the log for the table. `off`: cases that went it where the procedure has no such way."""

    way: Way
    source: str
    target: str
    off: int
    bottleneck: bool


def rows(found: Discovered, prescription: Prescription, astray: Mapping[tuple[str, str], int]) -> list[Row]:
    """Every way of the log, the most frequent first. `astray` is `off` of the judgment."""
    slow = {(way.source, way.target) for way in found.bottlenecks()}
    finished, start = prescription.finished(), prescription.definition.start
    listed = []
    for way in found.ways:
        step = prescription.activities.get
        off = astray.get((way.source, way.target), 0)
        if way.source == START:
            off = way.cases if step(way.target) != start else 0
        elif way.target == END:
            off = way.cases if step(way.source) not in finished else 0
        elif step(way.source) is None or step(way.target) is None:
            off = way.cases
        words = [_name(prescription, name) for name in (way.source, way.target)]
        listed.append(Row(way, *words, off=off, bottleneck=(way.source, way.target) in slow))
    return listed


def prescribed(found: Discovered, prescription: Prescription) -> Picture:
    """The procedure; a way that the log never shows is dotted, a step it never shows says so."""
    places = _places(found, prescription)
    seen = {tuple(prescription.activities.get(name) for name in (way.source, way.target)) for way in found.ways}
    entered = {prescription.activities.get(name) for name in found.activities}
    told = set(prescription.activities.values())
    boxes, lines = [], []
    for step in prescription.definition.steps:
        if step.key in places:
            kind = "end" if step.kind in ("start", "end") else ""
            sub = "" if step.key in entered or step.key not in told else _("not in the log")
            boxes.append(Box(step.key, say(step.name), sub, *places[step.key], kind=kind))
    for source, targets in prescription.onward().items():
        for target in sorted(targets):
            if source in places and target in places:
                unseen = (source, target) not in seen and {source, target} <= told
                lines.append(Line(source, target, kind="unseen" if unseen else ""))
    summary = _("The prescribed procedure: %(steps)s steps, %(ways)s ways between them.") % {
        "steps": len(boxes), "ways": len(lines),
    }  # fmt: skip
    return Picture("prescribed", say(prescription.definition.name), summary, tuple(boxes), tuple(lines))


def discovered(
    found: Discovered, prescription: Prescription, astray: Mapping[tuple[str, str], int], *, share: float = 0.95
) -> Picture:
    """What the log shows: the ways that make up `share` of all moves, and the most frequent deviations."""
    places, nodes = _places(found, prescription), {n: _node(prescription, n) for n in found.activities}
    listed = rows(found, prescription, astray)
    most = set(found.most(share))
    away = sorted((row for row in listed if row.off), key=lambda row: -row.off)[:DEVIATIONS_DRAWN]
    chosen = [row for row in listed if row.way in most or row in away]
    events: Counter[str] = Counter()
    lost = {row.way.source: row.off for row in listed if row.way.target == END and row.off}
    for name, (count, _cases) in found.activities.items():
        events[nodes[name]] += count
    boxes = [
        Box(node, _name(prescription, name), _("%(n)s times") % {"n": f"{events[node]:,}"},
            *places[node], kind="outside" if node.startswith("?") else "",
            mark=_("%(n)s end here") % {"n": f"{lost[name]:,}"} if name in lost else "")
        for name, node in nodes.items()
    ]  # fmt: skip
    lines: dict[tuple[str, str], Line] = {}
    widest = max((row.way.count for row in chosen), default=1)
    for row in chosen:
        if START in (row.way.source, row.way.target) or END in (row.way.source, row.way.target):
            continue
        ends = nodes[row.way.source], nodes[row.way.target]
        if ends not in lines:  # two activities of one step: the more frequent one is drawn
            lines[ends] = _line(ends, row, widest)
    summary = _(
        "What %(cases)s cases of the log show: %(shown)s of %(all)s ways are drawn; %(off)s of them deviate from the"
        " procedure, %(slow)s are bottlenecks. The table below has them all."
    ) % {
        "cases": f"{found.cases:,}", "shown": len(chosen), "all": len(found.ways),
        "off": sum(row.off > 0 for row in chosen), "slow": sum(row.bottleneck for row in chosen),
    }  # fmt: skip
    one_each = {box.id: box for box in reversed(boxes)}  # two activities of one step: the more frequent one
    return Picture("discovered", _("What the log shows"), summary, tuple(one_each.values()), tuple(lines.values()))


def _line(ends: tuple[str, str], row: Row, widest: int) -> Line:
    way = row.way
    words = [
        f"{way.count:,} · " + pgettext("median wait", "%(n)s d") % {"n": way.days.median}
        if way.days
        else f"{way.count:,}"
    ]
    if row.bottleneck:
        words.append(_("Bottleneck"))
    if row.off:
        words.append(
            _("off the procedure") if row.off == way.cases else _("%(n)s off the procedure") % {"n": f"{row.off:,}"}
        )
    kind = "off" if row.off else "slow" if row.bottleneck else ""
    return Line(*ends, tuple(words), kind=kind, width=1 + round(5 * (way.count / widest) ** 0.5))


def _node(prescription: Prescription, name: str) -> str:
    return prescription.activities.get(name) or f"?{name}"


def _name(prescription: Prescription, name: str) -> str:
    if name == START:
        return pgettext("event log", "(begins)")
    if name == END:
        return pgettext("event log", "(ends)")
    step = prescription.activities.get(name)
    return say(prescription.definition.step(step).name) if step else name


def _places(found: Discovered, prescription: Prescription) -> dict[str, tuple[int, int]]:
    """Row and lane of every step that is drawn or was entered, and of every unknown activity."""
    d = prescription.definition
    lanes = {key: i for i, (key, _name) in enumerate(d.lanes)}
    entered = {prescription.activities.get(name) for name in found.activities}
    shown = sorted((step for step in d.steps if step.drawn or step.key in entered), key=lambda step: step.column)
    ranks = {column: i for i, column in enumerate(sorted({step.column for step in shown}))}
    places: dict[str, tuple[int, int]] = {}
    for step in shown:
        row, lane = ranks[step.column], lanes[step.lane]
        while (row, lane) in places.values():
            row += 1
        places[step.key] = row, lane
    unknown = [name for name in found.activities if name not in prescription.activities]
    return places | {f"?{name}": (row, len(lanes)) for row, name in enumerate(unknown)}
