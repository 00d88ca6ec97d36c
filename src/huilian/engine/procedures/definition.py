"""What a procedure file says, as values. Pure: read, checked and asked here; never touches the database.

A procedure is data: steps (who acts, in what time, what must be produced, which risk points stand there, what must be
disclosed) and moves (which verb leads from which steps to which step, who may make it, what it needs, what it does to
the clock). A case keeps the version it began with for its whole life. Its faults are told by `faults.py`.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Limit:
    """A period of time by law: `length` in `unit` (workday, day, month, hour, workhour, workminute)."""

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
    drawn: str = "line"  # line, dash, skip, back or none
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


def parse(data: dict[str, Any]) -> Definition:
    """The definition as it stands, unchecked: what is missing is empty, for `faults_of` to name."""
    steps = tuple(_step(i, s) for i, s in enumerate(data.get("steps") or ()))
    return Definition(
        key=data.get("key", ""),
        name=data.get("name") or {},
        prefix=data.get("prefix", ""),
        lanes=tuple((lane["key"], lane["name"]) for lane in data.get("lanes") or ()),
        classes=tuple(CaseClass(c["key"], c["name"], _limit(c["limit"])) for c in data.get("classes") or ()),
        steps=steps,
        moves=tuple(_move(m) for m in data.get("moves") or ()),
        basis=tuple(data.get("basis", ())),
        origin=data.get("origin", "default"),
        start=data.get("start") or (steps[0].key if steps else ""),
    )


def _limit(data) -> Limit | None:
    if not data:
        return None
    return Limit(data) if isinstance(data, int) else Limit(int(data["length"]), data.get("unit", "workday"))


def _step(index: int, data: dict) -> Step:
    return Step(
        key=data.get("key", ""),
        name=data.get("name") or {},
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


def _move(data: dict) -> Move:
    sources = data.get("from") or []
    return Move(
        verb=data.get("verb", ""),
        name=data.get("name") or {},
        sources=tuple(sources) if isinstance(sources, list | tuple) else (sources,),
        target=data.get("to", ""),
        roles=tuple(data.get("roles", ())),
        holder=data.get("holder", ""),
        needs=tuple(data.get("needs", ())),
        clock=data.get("clock", ""),
        outcome=data.get("outcome", ""),
        drawn=data.get("drawn", "line"),
        label=data.get("label") or {},
    )
