"""What a log is held against: a procedure, which step each activity of the log enters, and limits between events. Pure.

A procedure file may say, under `log`, what its own cases never need to be told:

    log:
      calendar: plain             # from elsewhere: no Chinese holidays, no day moved off a rest day (default: china)
      activities: {Create Fine: created, Send Fine: sent}   # default: the steps' names and keys
      beside: [paid]              # steps beside the way: the case stays where it was, and may go on from them as well
      limits:
        - {key: sending, name: {zh: …, en: …}, from: created, to: sent, length: 90, unit: day, lifted_by: [paid]}
        - {key: appeal, …, required: false}   # `to` need not come; when it comes, it comes in time

The limits of steps and of classes that the procedure itself has are judged too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huilian.engine.procedures import faults
from huilian.engine.procedures.definition import Definition
from huilian.foundation.errors import Invalid
from huilian.foundation.wording import _
from huilian.foundation.workdays import DAY, HOUR, MONTH, WORKDAY

from .log import LIFECYCLE

CLASS = "huilian:class"  # the attribute of a case that names its class
OWN_CLOCK = "huilian:own_clock"  # true: the periods of this case were paused or changed, as a log cannot tell
UNITS = (WORKDAY, DAY, MONTH, HOUR)


@dataclass(frozen=True)
class Limit:
    """「两环节之间的时限」 From entering one of the steps `begins` to entering one of `ends`.

    Days are days of the log's own dates: the day of the first event is not counted, the hour does not matter.
    `required`: the end must come at all, unless one of `lifted_by` came first, in time. `where`: only cases with these
    attributes.
    """

    key: str
    name: dict[str, str]
    begins: frozenset[str]
    ends: frozenset[str]
    length: int
    unit: str = DAY
    required: bool = True
    lifted_by: frozenset[str] = frozenset()
    where: Mapping[str, str] = field(default_factory=dict)
    basis: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class Prescription:
    """A procedure as a log is judged by it."""

    definition: Definition
    activities: Mapping[str, str]  # name in the log -> key of the step it enters
    limits: tuple[Limit, ...]
    beside: frozenset[str] = frozenset()
    plain: bool = False

    def name(self, key: str) -> dict[str, str]:
        """The name of a step or a limit."""
        found = next((limit.name for limit in self.limits if limit.key == key), None)
        return found or self.definition.step(key).name

    def attributes(self) -> set[str]:
        """The attributes of cases and events that are asked for when a log is judged."""
        return {LIFECYCLE, CLASS, OWN_CLOCK}.union(*(limit.where for limit in self.limits))

    def onward(self) -> dict[str, set[str]]:
        """The steps that may follow each step."""
        after: dict[str, set[str]] = {step.key: set() for step in self.definition.steps}
        for move in self.definition.moves:
            for source in move.sources if move.target else ():
                after[source].add(move.target)
        return after

    def finished(self) -> set[str]:
        """Steps at which a case may rest for good: ends, and steps before an end that no activity of a log names."""
        d, told = self.definition, set(self.activities.values())
        ends = {step.key for step in d.steps if step.kind == "end"}
        return ends | {s for move in d.moves if move.target in ends - told for s in move.sources}


def prescribe(body: Mapping[str, Any]) -> Prescription:
    """What a parsed procedure file prescribes. Raises Invalid naming what is wrong in its `log` part."""
    d = faults.read(dict(body))
    log = body.get("log") or {}
    steps = {step.key for step in d.steps}
    activities = log.get("activities") or names_of(d)
    for name, step in activities.items():
        if step not in steps:
            raise Invalid(
                _("Procedure %(name)s: the activity “%(activity)s” of the log leads to “%(step)s”, which is no step.",
                  name=d.key, activity=name, step=step), field="log",
            )  # fmt: skip
    if log.get("calendar", "china") not in ("china", "plain"):
        raise Invalid(_("Procedure %(name)s: the calendar of the log is “china” or “plain”.", name=d.key), field="log")
    limits = tuple(_limit(d, limit, steps) for limit in log.get("limits", ()))
    beside = _steps(log.get("beside", ()))
    return Prescription(d, activities, limits + own_limits(d), beside, log.get("calendar") == "plain")


def names_of(d: Definition) -> dict[str, str]:
    """What a log may call the entering of each step: its key and its names; a name two steps share names neither."""
    activities = {step.key: step.key for step in d.steps}
    shared = [name for step in d.steps for name in set(step.name.values())]
    return {n: s.key for s in d.steps for n in s.name.values() if shared.count(n) == 1} | activities


def own_limits(d: Definition) -> tuple[Limit, ...]:
    """The limits a procedure sets by itself: the stay at a step, and the whole by class.

    Office hours are left out: a log does not tell which hours an office was open.
    """
    steps = frozenset(step.key for step in d.steps)
    stays = [
        Limit(step.key, step.name, frozenset({step.key}), steps, step.limit.length, step.limit.unit)
        for step in d.steps
        if step.limit and step.limit.unit in UNITS
    ]
    begins = frozenset(m.target or m.sources[0] for m in d.moves if m.clock in ("start", "begin", "restart"))
    ends = frozenset(m.target for m in d.moves if m.clock == "stop" and m.target)
    if not begins or not ends:
        return tuple(stays)
    whole = [
        Limit(f"class:{c.key}", c.name, begins, ends, c.limit.length, c.limit.unit,
              where={CLASS: c.key} if len(d.classes) > 1 else {})
        for c in d.classes
        if c.limit.unit in UNITS
    ]  # fmt: skip
    return tuple(stays + whole)


def _limit(d: Definition, data: Mapping[str, Any], steps: set[str]) -> Limit:
    for part in ("key", "name", "from", "to", "length"):
        if not data.get(part):
            raise Invalid(
                _("Procedure %(name)s: a limit of the log lacks “%(part)s”.", name=d.key, part=part), field="log"
            )
    limit = Limit(
        data["key"], data["name"], _steps(data["from"]), _steps(data["to"]), int(data["length"]),
        data.get("unit", DAY), bool(data.get("required", True)), _steps(data.get("lifted_by", ())),
        data.get("where", {}), tuple(data.get("basis", ())),
    )  # fmt: skip
    if lost := sorted((limit.begins | limit.ends | limit.lifted_by) - steps):
        raise Invalid(
            _("Procedure %(name)s: the limit “%(limit)s” names “%(step)s”, which is no step.",
              name=d.key, limit=limit.key, step=lost[0]), field="log",
        )  # fmt: skip
    if limit.unit not in UNITS:
        raise Invalid(
            _("Procedure %(name)s: the limit “%(limit)s” is counted in workday, day, month or hour, not in “%(unit)s”.",
              name=d.key, limit=limit.key, unit=limit.unit), field="log",
        )  # fmt: skip
    return limit


def _steps(value: str | list[str]) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)
