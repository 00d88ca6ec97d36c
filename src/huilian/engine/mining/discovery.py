"""The process a log shows: which activity follows which, how often and after how long, and where cases wait. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from .days import Days
from .log import EventLog

START, END = "▶", "■"  # stand for “before the first” and “after the last” activity of a case
BOTTLENECKS = 3


@dataclass(frozen=True)
class Wait:
    """Days from one activity to the next: the middle case, and nine of ten; by nearest rank, so both were waited."""

    median: int
    p90: int
    total: int


@dataclass(frozen=True)
class Way:
    """「走向」 `target` came next after `source`, `count` times in `cases` cases."""

    source: str
    target: str
    count: int
    cases: int
    days: Wait | None = None  # calendar days; None from START and to END
    workdays: Wait | None = None


@dataclass(frozen=True)
class Variant:
    """「办理路径」 One distinct sequence of activities and its cases."""

    activities: tuple[str, ...]
    cases: int


@dataclass(frozen=True)
class Discovered:
    """「实际流程图」 The directly-follows map of a log."""

    cases: int
    activities: dict[str, tuple[int, int]]  # name -> (events, cases), the most frequent first
    ways: tuple[Way, ...]  # the most frequent first
    variants: tuple[Variant, ...]

    def bottlenecks(self) -> list[Way]:
        """The ways on which the most days were waited in all, when each holds a tenth of all days waited or more."""
        waited = sum(way.days.total for way in self.ways if way.days)
        found = [way for way in self.ways if way.days and way.days.total * 10 >= waited > 0]
        return sorted(found, key=lambda way: -way.days.total)[:BOTTLENECKS]

    def most(self, share: float) -> tuple[Way, ...]:
        """The most frequent ways that make up `share` of all moves, and for every activity its main ways in and out."""
        wanted, total, kept = share * sum(way.count for way in self.ways), 0, []
        into: set[str] = set()
        out: set[str] = set()
        for way in self.ways:
            if total < wanted or way.target not in into or way.source not in out:
                kept.append(way)
            total += way.count
            into.add(way.target)
            out.add(way.source)
        return tuple(kept)


def discover(log: EventLog, days: Days) -> Discovered:
    """The map of `log`; `days` counts its working days."""
    n, case = len(log.activities), log.case
    same = case[1:] == case[:-1]
    source, target = log.activity[:-1][same].astype(np.int64), log.activity[1:][same].astype(np.int64)
    before, after = log.day[:-1][same].astype(np.int64), log.day[1:][same].astype(np.int64)
    pair = source * n + target
    order = np.lexsort((after - before, pair))
    pair, waited, worked = pair[order], (after - before)[order], days.between(before, after)[order]
    in_case = case[:-1][same][order]
    ways = []
    for part in np.split(np.arange(len(pair)), np.flatnonzero(np.diff(pair)) + 1):
        if len(part):
            a, b = divmod(int(pair[part[0]]), n)
            ways.append(
                Way(log.activities[a], log.activities[b], len(part), len(np.unique(in_case[part])),
                    _wait(waited[part]), _wait(np.sort(worked[part])))
            )  # fmt: skip
    full = np.diff(log.starts) > 0
    firsts, lasts = log.activity[log.starts[:-1][full]], log.activity[log.starts[1:][full] - 1]
    for codes, way in ((firsts, lambda name, c: Way(START, name, c, c)), (lasts, lambda name, c: Way(name, END, c, c))):
        counts = np.bincount(codes, minlength=n).tolist()
        ways += [way(log.activities[i], count) for i, count in enumerate(counts) if count]
    events = np.bincount(log.activity, minlength=n).tolist()
    cases = np.bincount(np.unique(case * n + log.activity) % n, minlength=n).tolist()
    found = [Variant(tuple(log.activities[c] for c in log.sequence(v)), len(i)) for v, i in log.variants().items() if v]
    names = sorted(range(n), key=lambda i: -events[i])
    return Discovered(
        cases=len(log.cases),
        activities={log.activities[i]: (events[i], cases[i]) for i in names},
        ways=tuple(sorted(ways, key=lambda way: (-way.count, way.source, way.target))),
        variants=tuple(sorted(found, key=lambda variant: (-variant.cases, variant.activities))),
    )


def _wait(ordered: np.ndarray) -> Wait:
    """Of waits in ascending order."""
    last = len(ordered)
    return Wait(int(ordered[(last + 1) // 2 - 1]), int(ordered[-(-last * 9 // 10) - 1]), int(ordered.sum()))


def as_data(found: Discovered, *, variants: int = 1000) -> dict[str, Any]:
    """The map as JSON has it, with its most frequent variants."""
    return asdict(found) | {"variants": [asdict(one) for one in found.variants[:variants]]}


def from_data(data: Mapping[str, Any]) -> Discovered:
    """The map again."""

    def wait(told: Mapping[str, int] | None) -> Wait | None:
        return Wait(**told) if told else None

    return Discovered(
        cases=data["cases"],
        activities={name: (events, cases) for name, (events, cases) in data["activities"].items()},
        ways=tuple(Way(**(w | {"days": wait(w["days"]), "workdays": wait(w["workdays"])})) for w in data["ways"]),
        variants=tuple(Variant(tuple(v["activities"]), v["cases"]) for v in data["variants"]),
    )
