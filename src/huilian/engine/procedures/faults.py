"""What is wrong with a procedure, all of it at once: each fault one sentence that names the step and the mend.

A case must never get lost: every step is reached, leads on, and has somebody who answers for it. Pure, like the
definition it reads; whether anybody holds the posts asked for is looked up in `queries.staffing_faults`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from huilian.engine.look.text import say
from huilian.foundation.errors import Invalid
from huilian.foundation.wording import Wording, _
from huilian.foundation.workdays import UNITS

from .definition import Definition, Limit, Move, Step, parse

CLOCK_ACTS = ("", "start", "begin", "stop", "restart", "reopen", "pause", "resume")
HOLDERS = ("centre", "unit", "anyone")  # whose people act at a step: role alone, the unit responsible, or no post
KINDS = ("start", "task", "gate", "end")
NEEDS = ("note", "unit", "handler", "class")
LONGEST_KEY = 40  # as the columns that hold it


@dataclass(frozen=True)
class Fault:
    """One fault. `part` is head, steps or moves; `step` the key of the row it stands at; a warning stops nothing."""

    part: str
    text: Wording
    step: str = ""
    is_warning: bool = False


class Named:
    """A step as faults name it: its place in the table and its name, in the language of whoever reads."""

    def __init__(self, number: int, name: dict):
        self.number, self.name = number, name

    def __str__(self) -> str:
        return f"{self.number} {say(self.name)}".strip()


class Words(Named):
    """Words in two languages inside a fault."""

    def __init__(self, name: dict):
        self.name = name

    def __str__(self) -> str:
        return say(self.name)


class Way:
    """Steps one after the other."""

    def __init__(self, steps: Iterable[Named]):
        self.steps = list(steps)

    def __str__(self) -> str:
        return " → ".join(str(step) for step in self.steps)


def read(data: dict[str, Any]) -> Definition:
    """A checked definition from a parsed file. Raises `Invalid` with its first fault: where it is and the mend."""
    definition = parse(data)
    first = next((fault for fault in faults_of(definition) if not fault.is_warning), None)
    if first:
        raise Invalid(
            _("Procedure %(name)s: %(fault)s", name=definition.key or "?", fault=first.text), field=first.part
        )
    return definition


def faults_of(d: Definition) -> list[Fault]:
    """Every fault of the text, in the order of its rows; what needs the county's data is not asked."""
    order = {step.key: i for i, step in reversed(list(enumerate(d.steps)))}
    names = {step.key: Named(order[step.key] + 1, step.name) for step in d.steps}
    found = [*_head(d), *_steps(d), *_moves(d, names), *_ways(d, names), *_time(d, names)]
    place = {"head": 0, "steps": 1, "moves": 1}
    return sorted(found, key=lambda f: (place[f.part], order.get(f.step, 0), f.is_warning))


def kept(old: Definition, new: Definition) -> list[Fault]:
    """Faults of a text that takes away what the product's own acts rest on: only families are drawn freely."""
    if old.in_family:
        return []
    steps, verbs = {s.key for s in new.steps}, {(m.verb, s) for m in new.moves for s in m.sources}
    found = [
        Fault("head", _("Step “%(step)s” is used by the product itself and must stay.", step=Words(step.name)))
        for step in old.steps
        if step.key not in steps
    ]
    found += [
        Fault(
            "moves",
            _(
                "“%(move)s” at step “%(step)s” is used by the product itself and must stay.",
                move=Words(move.name),
                step=Words(old.step(source).name),
            ),
            source,
        )
        for move in old.moves
        for source in move.sources
        if source in steps and (move.verb, source) not in verbs
    ]
    return found


def _head(d: Definition) -> Iterator[Fault]:
    for part in ("key", "name", "prefix", "lanes", "steps", "moves"):
        if not getattr(d, part):
            yield Fault("head", _("“%(part)s” is missing. Add it.", part=part))
    if len(d.key) > LONGEST_KEY:
        yield Fault("head", _("The key is longer than %(most)s characters. Shorten it.", most=LONGEST_KEY))
    for case_class in d.classes:
        if not _sound(case_class.limit):
            yield Fault("head", _("The limit of class “%(name)s” cannot be right.", name=Words(case_class.name)))
    if d.steps and not any(step.kind == "end" for step in d.steps):
        yield Fault("head", _("No step ends the matter. Mark the last step as an end."))


def _steps(d: Definition) -> Iterator[Fault]:
    lanes = {key for key, _name in d.lanes}
    for key, times in Counter(step.key for step in d.steps).items():
        if times > 1:
            yield Fault("steps", _("The key “%(key)s” stands twice. Give each step its own.", key=key), key)
    for number, step in enumerate(d.steps, 1):
        name = Named(number, step.name)
        if not step.key or not step.name:
            yield Fault("steps", _("Step %(n)s needs a key and a name.", n=number), step.key)
            continue
        if step.lane not in lanes:
            yield Fault(
                "steps",
                _("Step “%(step)s” stands in unknown lane “%(lane)s”. Choose one.", step=name, lane=step.lane),
                step.key,
            )
        if step.kind not in KINDS or step.holder not in HOLDERS:
            yield Fault("steps", _("Step “%(step)s” has an unknown kind or holder.", step=name), step.key)
        if step.kind != "end" and step.holder != "anyone" and not step.roles:
            yield Fault("steps", _("Nobody answers for step “%(step)s”. Name at least one post.", step=name), step.key)
        if step.limit and not _sound(step.limit):
            yield Fault("steps", _("The limit of step “%(step)s” cannot be right.", step=name), step.key)


def _sound(limit: Limit | None) -> bool:
    return limit is not None and limit.length > 0 and limit.unit in UNITS


def _moves(d: Definition, names: dict[str, Named]) -> Iterator[Fault]:
    verbs = Counter((move.verb, source) for move in d.moves for source in set(move.sources))
    for (verb, source), times in verbs.items():
        if verb and times > 1:
            move = next(m for m in d.moves if m.verb == verb and source in m.sources)
            yield Fault(
                "moves",
                _(
                    "Two ways lead out of step “%(step)s” under the same key “%(move)s”. Remove one.",
                    step=names.get(source, source),
                    move=Words(move.name) if move.name else verb,
                ),
                source,
            )
    for move in d.moves:
        yield from _move(d, move, names)


def _move(d: Definition, move: Move, names: dict[str, Named]) -> Iterator[Fault]:
    row = move.sources[0] if move.sources else ""
    name = Words(move.name) if move.name else move.verb
    if not move.verb or not move.sources or (d.in_family and not move.name):
        yield Fault("moves", _("A next step has no name or no step it leads from. Name it or remove it."), row)
    for end in (*move.sources, *([move.target] if move.target else [])):
        if end not in names:
            yield Fault(
                "moves",
                _("“%(move)s” names step “%(step)s”, which does not exist. Choose another.", move=name, step=end),
                row,
            )
    if move.clock not in CLOCK_ACTS:
        yield Fault(
            "moves", _("“%(move)s” does something unknown to the clock: “%(act)s”.", move=name, act=move.clock), row
        )
    if d.in_family and set(move.needs) - set(NEEDS):
        yield Fault("moves", _("“%(move)s” asks for something unknown.", move=name), row)
    if move.clock in ("start", "begin", "restart") and not d.classes:
        yield Fault(
            "moves", _("“%(move)s” starts the whole limit, but no class says how long it is. Add one.", move=name), row
        )


def _ways(d: Definition, names: dict[str, Named]) -> Iterator[Fault]:
    """Steps that nothing leads to, and those from which nothing leads out."""
    reached = _closure({d.start}, lambda k: {m.target for m in d.moves_from(k) if m.target})
    ends = {step.key for step in d.steps if step.kind == "end"}
    out = _closure(ends, lambda k: {s for m in d.moves if m.target == k for s in m.sources})
    told: set[str] = set()
    for step in d.steps:
        key, name = step.key, names[step.key]
        if key not in reached:
            yield Fault("steps", _("No way leads to step “%(step)s”. Add one or remove the step.", step=name), key)
        if key in out or key in told:
            continue
        if not any(m.target for m in d.moves_from(key)):
            yield Fault("moves", _("No way leads out of step “%(step)s”. Say what comes next.", step=name), key)
            continue
        round_ = _closure({m.target for m in d.moves_from(key)}, lambda k: {m.target for m in d.moves_from(k)})
        if key not in round_:  # it leads to a step that is at fault itself
            continue
        told |= round_
        yield Fault(
            "moves",
            _(
                "From step “%(step)s” no end can be reached: a matter goes round in %(way)s. Add a way that leads out.",
                step=name,
                way=Way(names[s.key] for s in d.steps if s.key in round_),
            ),
            key,
        )


def _time(d: Definition, names: dict[str, Named]) -> Iterator[Fault]:
    """Limits that contradict one another: every step in time and the whole late."""
    if d.in_family and d.classes and d.moves and not any(move.clock == "start" for move in d.moves):
        yield Fault(
            "head",
            _("Nothing starts the whole limit. Say at which step the time begins to run."),
            is_warning=True,
        )
    # A lesser class may skip steps; the one with the most time is the one that may go the longest way.
    longest = {c.limit.unit: c for c in sorted(d.classes, key=lambda c: c.limit.length if c.limit else 0) if c.limit}
    for case_class in longest.values():
        if not _sound(case_class.limit):
            continue
        length, way = longest_way(d, case_class.limit.unit)
        if length > case_class.limit.length:
            yield Fault(
                "head",
                _(
                    "Class “%(name)s” has %(whole)s in all, but %(way)s may together take %(sum)s. "
                    "Shorten a step or lengthen the whole.",
                    name=Words(case_class.name),
                    whole=case_class.limit.length,
                    way=Way(names[step.key] for step in way),
                    sum=length,
                ),
                is_warning=True,
            )


def longest_way(d: Definition, unit: str) -> tuple[int, list[Step]]:
    """The most the steps with limits in `unit` can take one after the other while the whole clock runs, and which.

    Only ways forward count (a matter sent back has a clock of its own kind), and only limits counted in the same unit:
    hours and working days have no fixed exchange.
    """
    order = {step.key: i for i, step in enumerate(d.steps)}
    begin = {m.target for m in d.moves if m.clock in ("start", "begin") and m.target} or {d.start}
    best: dict[str, tuple[int, list[Step]]] = {}
    for step in reversed(d.steps):
        onward = [
            best[m.target]
            for m in d.moves_from(step.key)
            if m.clock != "stop" and order.get(m.target, -1) > order[step.key] and m.target in best
        ]
        length, way = max(onward, key=lambda found: found[0], default=(0, []))
        if step.kind != "end" and step.limit and step.limit.unit == unit:
            length, way = length + step.limit.length, [step, *way]
        best[step.key] = (length, way)
    return max((best[key] for key in begin if key in best), key=lambda found: found[0], default=(0, []))


def _closure(start: set[str], onward: Callable[[str], set[str]]) -> set[str]:
    seen, open_ = set(start), list(start)
    while open_:
        for key in onward(open_.pop()) - seen:
            seen.add(key)
            open_.append(key)
    return seen
