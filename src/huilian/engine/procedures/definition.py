"""What a procedure file says, as values. Pure: read, checked and asked here; never touches the database.

A procedure is data: steps (who acts, in what time, what must be produced, which risk points stand there, what must be
disclosed) and moves (which verb leads from which steps to which step, who may make it, what it needs, what it does to
the clock). A case keeps the version it began with for its whole life.
"""

from dataclasses import dataclass, field
from typing import Any

from huilian.foundation.errors import Invalid
from huilian.foundation.wording import _

CLOCK_ACTS = ("", "start", "stop", "restart", "reopen", "pause", "resume")
HOLDERS = ("centre", "unit", "anyone")  # whose people act at a step: role alone, the unit responsible, or no post
KINDS = ("start", "task", "gate", "end")


@dataclass(frozen=True)
class Limit:
    """A period of time by law: `length` in `unit` (workday, day, month, hour, workhour)."""

    length: int
    unit: str = "workday"


@dataclass(frozen=True)
class Limits:
    """Limits that county data set in place of those written in the procedure; None leaves what is written."""

    whole: Limit | None = None
    step: Limit | None = None


AS_WRITTEN = Limits()


@dataclass(frozen=True)
class Risk:
    """「风险点」 A point at a step where power can go wrong. The grade belongs to the post; a colour to an alert."""

    mark: int
    level: str
    name: dict
    note: dict
    model: str = ""  # the screening model that watches it, such as RX07


@dataclass(frozen=True)
class Step:
    """「环节」 A place where a case rests until somebody acts."""

    key: str
    name: dict
    lane: str
    kind: str = "task"
    roles: tuple[str, ...] = ()
    holder: str = "centre"
    limit: Limit | None = None
    produces: tuple[dict, ...] = ()
    discloses: tuple[dict, ...] = ()
    risks: tuple[Risk, ...] = ()
    quorum: dict | None = None
    column: int = 0
    drawn: bool = True


@dataclass(frozen=True)
class Move:
    """「流转」 A verb that leads a case from one step to another."""

    verb: str
    name: dict
    sources: tuple[str, ...]
    target: str  # "" keeps the step
    roles: tuple[str, ...] = ()
    holder: str = ""
    needs: tuple[str, ...] = ()
    clock: str = ""
    outcome: str = ""
    drawn: str = "line"  # line, dash, back or none
    label: dict = field(default_factory=dict)


@dataclass(frozen=True)
class CaseClass:
    """「事项类别」 The class of a case decides its whole limit."""

    key: str
    name: dict
    limit: Limit


@dataclass(frozen=True)
class Definition:
    """One procedure as read from its file."""

    key: str
    name: dict
    prefix: str
    lanes: tuple[tuple[str, dict], ...]
    classes: tuple[CaseClass, ...]
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]
    basis: tuple[dict, ...] = ()
    origin: str = "default"
    start: str = ""

    @property
    def kind(self) -> str:
        """The kind of its cases: its key, or what stands before the dot when it belongs to a family of procedures."""
        return self.key.partition(".")[0]

    @property
    def in_family(self) -> bool:
        return "." in self.key

    def step(self, key: str) -> Step:
        return next(s for s in self.steps if s.key == key)

    def case_class(self, key: str) -> CaseClass | None:
        return next((c for c in self.classes if c.key == key), None)

    def move(self, verb: str, source: str) -> Move | None:
        """The move `verb` from step `source`, or None when it is not allowed there."""
        return next((m for m in self.moves if m.verb == verb and source in m.sources), None)

    def moves_from(self, source: str) -> list[Move]:
        return [m for m in self.moves if source in m.sources]

    def is_end(self, key: str) -> bool:
        return self.step(key).kind == "end"


def read(data: dict[str, Any]) -> Definition:
    """A checked definition from a parsed file. Raises `Invalid` naming the place and the mend."""
    name = data.get("key", "?")
    for part in ("key", "name", "prefix", "lanes", "steps", "moves"):
        if not data.get(part):
            raise Invalid(_("Procedure %(name)s: “%(part)s” is missing. Add it.", name=name, part=part), field=part)
    steps = tuple(_step(name, i, s) for i, s in enumerate(data["steps"]))
    definition = Definition(
        key=data["key"],
        name=data["name"],
        prefix=data["prefix"],
        lanes=tuple((lane["key"], lane["name"]) for lane in data["lanes"]),
        classes=tuple(CaseClass(c["key"], c["name"], _limit(c["limit"])) for c in data.get("classes", ())),
        steps=steps,
        moves=tuple(_move(name, m) for m in data["moves"]),
        basis=tuple(data.get("basis", ())),
        origin=data.get("origin", "default"),
        start=data.get("start") or steps[0].key,
    )
    check(definition)
    return definition


def _limit(data) -> Limit | None:
    if not data:
        return None
    return Limit(data) if isinstance(data, int) else Limit(int(data["length"]), data.get("unit", "workday"))


def _step(procedure: str, index: int, data: dict) -> Step:
    if not data.get("key") or not data.get("name"):
        raise Invalid(
            _("Procedure %(name)s: step %(n)s needs a key and a name.", name=procedure, n=index + 1), field="steps"
        )
    return Step(
        key=data["key"],
        name=data["name"],
        lane=data.get("lane", ""),
        kind=data.get("kind", "task"),
        roles=tuple(data.get("roles", ())),
        holder=data.get("holder", "centre"),
        limit=_limit(data.get("limit")),
        produces=tuple(data.get("produces", ())),
        discloses=tuple(data.get("discloses", ())),
        risks=tuple(
            Risk(r["mark"], r["level"], r["name"], r["note"], r.get("model", "")) for r in data.get("risks", ())
        ),
        quorum=data.get("quorum"),
        column=data.get("column", index),
        drawn=data.get("drawn", True),
    )


def _move(procedure: str, data: dict) -> Move:
    if not data.get("verb") or not data.get("from"):
        raise Invalid(_("Procedure %(name)s: a move needs a verb and a “from”.", name=procedure), field="moves")
    sources = data["from"] if isinstance(data["from"], list) else [data["from"]]
    return Move(
        verb=data["verb"],
        name=data.get("name", {}),
        sources=tuple(sources),
        target=data.get("to", ""),
        roles=tuple(data.get("roles", ())),
        holder=data.get("holder", ""),
        needs=tuple(data.get("needs", ())),
        clock=data.get("clock", ""),
        outcome=data.get("outcome", ""),
        drawn=data.get("drawn", "line"),
        label=data.get("label", {}),
    )


def check(d: Definition) -> None:
    """Refuse a procedure in which a case could get lost: unreachable step, no way out, nobody who answers."""
    keys = [s.key for s in d.steps]
    lanes = {k for k, _ in d.lanes}
    if len(set(keys)) != len(keys):
        raise Invalid(_("Procedure %(name)s: a step key stands twice. Give each its own.", name=d.key), field="steps")
    for step in d.steps:
        _check_step(d, step, lanes)
    for move in d.moves:
        for end in (*move.sources, *([move.target] if move.target else [])):
            if end not in keys:
                raise Invalid(
                    _(
                        "Procedure %(name)s: move “%(move)s” names step “%(step)s”, which does not exist.",
                        name=d.key,
                        move=move.verb,
                        step=end,
                    ),
                    field="moves",
                )
        if move.clock not in CLOCK_ACTS:
            raise Invalid(
                _(
                    "Procedure %(name)s: move “%(move)s” does something unknown to the clock: “%(act)s”.",
                    name=d.key,
                    move=move.verb,
                    act=move.clock,
                ),
                field="moves",
            )
    reached = _closure({d.start}, lambda k: {m.target for m in d.moves_from(k) if m.target})
    if lost := [k for k in keys if k not in reached]:
        raise Invalid(
            _("Procedure %(name)s: no move leads to step “%(step)s”. Add one or remove it.", name=d.key, step=lost[0]),
            field="steps",
        )
    ends = {s.key for s in d.steps if s.kind == "end"}
    back = _closure(ends, lambda k: {s for m in d.moves if m.target == k for s in m.sources})
    if stuck := [k for k in keys if k not in back]:
        raise Invalid(
            _(
                "Procedure %(name)s: from step “%(step)s” no end can be reached. Add a move that leads out.",
                name=d.key,
                step=stuck[0],
            ),
            field="moves",
        )


def _check_step(d: Definition, step: Step, lanes: set[str]) -> None:
    if step.lane not in lanes:
        raise Invalid(
            _(
                "Procedure %(name)s: step “%(step)s” stands in unknown lane “%(lane)s”.",
                name=d.key,
                step=step.key,
                lane=step.lane,
            ),
            field="steps",
        )
    if step.kind not in KINDS or step.holder not in HOLDERS:
        raise Invalid(
            _("Procedure %(name)s: step “%(step)s” has an unknown kind or holder.", name=d.key, step=step.key),
            field="steps",
        )
    if step.kind != "end" and step.holder != "anyone" and not step.roles:
        raise Invalid(
            _(
                "Procedure %(name)s: nobody answers for step “%(step)s”. Name at least one role.",
                name=d.key,
                step=step.key,
            ),
            field="steps",
        )


def _closure(start: set[str], onward) -> set[str]:
    seen, open_ = set(start), list(start)
    while open_:
        for key in onward(open_.pop()) - seen:
            seen.add(key)
            open_.append(key)
    return seen
