"""What changed between two versions of a procedure, and what it saves: steps, posts, limits, days."""

from dataclasses import dataclass

from .definition import Definition, Limit, Step
from .faults import longest_way


@dataclass(frozen=True)
class LimitChange:
    """A limit before and after. `saved` counts in their common unit; None where the units differ or one is missing."""

    name: dict
    old: Limit | None
    new: Limit | None

    @property
    def saved(self) -> int | None:
        if self.old is None or self.new is None or self.old.unit != self.new.unit:
            return None
        return self.old.length - self.new.length


@dataclass(frozen=True)
class StepChange:
    """A step that stayed, before and after; `what` names the parts that differ."""

    old: Step
    new: Step
    what: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """「流程再造前后对比」 Old against new."""

    added: tuple[Step, ...]
    removed: tuple[Step, ...]
    changed: tuple[StepChange, ...]
    limits: tuple[LimitChange, ...]  # of steps that stayed
    classes: tuple[LimitChange, ...]  # the whole limit of each class in either, changed or not
    ways_added: tuple[tuple[dict, dict], ...]  # (step, way)
    ways_removed: tuple[tuple[dict, dict], ...]
    steps: tuple[int, int]  # how many a matter can stand at, before and after
    workdays: tuple[int, int]  # the most the steps with limits can take one after the other, before and after

    @property
    def is_same(self) -> bool:
        parts = (self.added, self.removed, self.changed, self.limits, self.ways_added, self.ways_removed)
        return not any(parts) and not any(c.saved != 0 for c in self.classes)


PARTS = ("name", "lane", "kind", "roles", "holder", "produces", "discloses", "risks")


def compare(old: Definition, new: Definition) -> Comparison:
    """Steps are the same where their keys are."""
    before, after = ({step.key: step for step in d.steps} for d in (old, new))
    stayed = [(before[step.key], step) for step in new.steps if step.key in before]
    classes = {c.key: c.name for c in (*old.classes, *new.classes)}
    return Comparison(
        added=tuple(step for step in new.steps if step.key not in before),
        removed=tuple(step for step in old.steps if step.key not in after),
        changed=tuple(
            StepChange(was, now, what)
            for was, now in stayed
            if (what := tuple(part for part in PARTS if getattr(was, part) != getattr(now, part)))
        ),
        limits=tuple(LimitChange(now.name, was.limit, now.limit) for was, now in stayed if was.limit != now.limit),
        classes=tuple(LimitChange(name, _whole(old, key), _whole(new, key)) for key, name in classes.items()),
        ways_added=_ways(new, old),
        ways_removed=_ways(old, new),
        steps=(_places(old), _places(new)),
        workdays=(longest_way(old, "workday")[0], longest_way(new, "workday")[0]),
    )


def _whole(d: Definition, key: str) -> Limit | None:
    found = d.case_class(key)
    return found.limit if found else None


def _places(d: Definition) -> int:
    return sum(step.kind != "end" for step in d.steps)


def _ways(d: Definition, other: Definition) -> tuple[tuple[dict, dict], ...]:
    """Ways of `d` between steps that `other` does not have."""
    there = {(source, m.target, tuple(sorted(m.name.items()))) for m in other.moves for source in m.sources}
    return tuple(
        (d.step(source).name, move.name)
        for move in d.moves
        for source in move.sources
        if (source, move.target, tuple(sorted(move.name.items()))) not in there
    )
