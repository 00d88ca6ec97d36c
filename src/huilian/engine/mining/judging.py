"""A log judged by a procedure: what was late, never done, skipped, out of order, unknown, never ended. Pure.

Periods are judged event by event in columns; the order of steps is judged once for each variant, since cases with the
same sequence of activities go the same way. Nothing here says who did it: a finding is about a case.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from huilian.foundation.workdays import HOUR, MONTH, WORKDAY, WorkCalendar

from .days import Days
from .log import EPOCH, EventLog, to_date
from .prescription import OWN_CLOCK, Limit, Prescription

HOUR_LENGTH = 3_600_000_000  # microseconds
LATE, NEVER, SKIPPED, DISORDER, REPEATED, UNKNOWN, UNENDED = KINDS = (
    "late", "never_done", "skipped", "out_of_order", "repeated", "unknown", "not_ended",
)  # fmt: skip


class Step(NamedTuple):
    """One finding about the way of a variant: its kind, the position in the sequence, and the steps it is about."""

    kind: str
    position: int
    source: str
    target: str
    about: str  # what was skipped, or the unknown activity


@dataclass(frozen=True)
class LimitResult:
    """How the periods of one limit went. `opened` = kept + late + never + running + lifted.

    kept and late: the end came in time, came later. never: it had not come when the limit had run out, by the end of
    the log. running: the log ends before the limit. lifted: something came in time that made the end unnecessary (or
    the end need not come at all).
    """

    limit: Limit
    opened: int
    kept: int
    late: int
    never: int
    running: int
    lifted: int
    over: tuple[int, int] = (0, 0)  # days over the limit of the late ones: median, most


@dataclass(frozen=True)
class Judgment:
    """「判定结果」 A log judged by a procedure."""

    as_of: date
    limits: list[LimitResult]
    deviations: dict[str, tuple[int, int]]  # kind -> (cases, findings)
    conforming: int  # cases whose every step the procedure allows and that have ended
    moves: int  # steps taken from one known step to another, and those of them the procedure allows
    allowed: int
    off: dict[tuple[str, str], int]  # (activity before or "", activity): cases that went a way the procedure lacks
    unknown: dict[str, int]  # activities the procedure does not know, and their events
    findings: pa.Table = field(repr=False)


@dataclass(frozen=True)
class _Found:
    """Findings of one kind about one thing, in columns: case, day it happened (-1 none), day it was due, days over."""

    kind: str
    about: str
    source: str
    target: str
    case: np.ndarray
    on: np.ndarray
    due: np.ndarray | None = None
    over: np.ndarray | None = None


def judge(log: EventLog, prescription: Prescription, *, calendar: WorkCalendar | None = None,
          as_of: date | None = None) -> Judgment:  # fmt: skip
    """Hold `log` against `prescription`. `as_of` is the day to which the log tells everything; its last day by default.

    `calendar` holds the working days of the place; a plain prescription takes none.
    """
    horizon = (as_of - EPOCH).days if as_of else int(log.day.max())
    step_of = [prescription.activities.get(name, "") for name in log.activities]
    longest = max((x.length * {MONTH: 32, WORKDAY: 3}.get(x.unit, 1) for x in prescription.limits), default=0)
    days = Days(log.day.min(), max(log.day.max(), horizon), None if prescription.plain else calendar, ahead=longest)
    found: list[_Found] = []
    limits = []
    for limit in prescription.limits:
        result, late, never = _judge_limit(log, limit, step_of, days, horizon)
        if result.opened:
            limits.append(result)
            found += [one for one in (late, never) if len(one.case)]
    ways = Ways(prescription)
    known = allowed = conforming = 0
    off: Counter[tuple[str, str]] = Counter()
    for variant, cases in log.variants().items():
        sequence = [log.activities[code] for code in log.sequence(variant)]
        told = ways.judge(sequence)
        moves = sum(1 for name in sequence if name in prescription.activities) - 1
        known += max(moves, 0) * len(cases)
        allowed += (
            max(moves, 0) - sum(s.kind in (SKIPPED, DISORDER, REPEATED) and s.source != "" for s in told)
        ) * len(cases)
        conforming += len(cases) if sequence and not told else 0
        astray = {one.position for one in told if one.kind in (SKIPPED, DISORDER, REPEATED)}
        for way in {(sequence[i - 1] if i else "", sequence[i]) for i in astray}:
            off[way] += len(cases)
        numbers = np.array(cases, np.int64)
        for one in told:
            on = log.day[log.starts[numbers] + one.position]
            found.append(_Found(one.kind, one.about, one.source, one.target, numbers, on))
    findings = _table(log, found)
    counted = _counted(findings)
    events = np.bincount(log.activity, minlength=len(log.activities)).tolist()
    return Judgment(
        as_of=to_date(horizon),
        limits=limits,
        deviations=counted,
        conforming=conforming,
        moves=known,
        allowed=allowed,
        off=dict(off),
        unknown={n: events[i] for i, n in enumerate(log.activities) if n not in prescription.activities},
        findings=findings,
    )


# ---------------------------------------------------------------------- periods


def _judge_limit(log: EventLog, limit: Limit, step_of: list[str], days: Days, horizon: int):
    begins, ends, lifts = (
        np.array([step in steps for step in step_of], bool)[log.activity]
        for steps in (limit.begins, limit.ends, limit.lifted_by)
    )
    case = log.case
    # Among the events that begin or end the period, one opens it when none is open: it is the first of its case, or the
    # event before it does not begin the period, or itself ends the running one.
    frame = np.flatnonzero(begins | ends)
    b, e = begins[frame], ends[frame]
    fresh = np.ones(len(frame), bool)
    if len(frame) > 1:
        fresh[1:] = (case[frame[1:]] != case[frame[:-1]]) | ~b[:-1] | e[1:]
    opening = frame[b & fresh]
    if limit.where:
        opening = opening[_where(log, limit.where)[case[opening]]]
    if OWN_CLOCK in log.case_attributes:
        opening = opening[~_where(log, {OWN_CLOCK: "True"})[case[opening]]]
    end, lift = _next(ends, case, opening), _next(lifts, case, opening)
    start = log.day[opening].astype(np.int64)
    if limit.unit == HOUR:
        due_at = log.at[opening] + limit.length * HOUR_LENGTH
        due = start + (limit.length + 23) // 24
        came_late = (end >= 0) & (log.at[end] > due_at)
        lifted = (end < 0) & (lift >= 0) & (log.at[lift] <= due_at)
    else:
        due = days.due(start, limit.length, limit.unit)
        came_late = (end >= 0) & (log.day[end] > due)
        lifted = (end < 0) & (lift >= 0) & (log.day[lift] <= due)
    if not limit.required:
        lifted = end < 0
    open_ = (end < 0) & ~lifted
    never = open_ & (due < horizon)
    over = np.maximum(log.day[end[came_late]] - due[came_late], 0)
    result = LimitResult(
        limit, opened=len(opening), kept=int((end >= 0).sum() - came_late.sum()), late=int(came_late.sum()),
        never=int(never.sum()), running=int((open_ & ~never).sum()), lifted=int(lifted.sum()),
        over=(int(np.median(over)), int(over.max())) if len(over) else (0, 0),
    )  # fmt: skip

    def about(kind: str, which: np.ndarray, on: np.ndarray, beyond: np.ndarray) -> _Found:
        source, target = "|".join(sorted(limit.begins)), "|".join(sorted(limit.ends)) if len(limit.ends) < 9 else ""
        return _Found(kind, limit.key, source, target, case[opening[which]], on, due[which], beyond)

    none = np.full(int(never.sum()), -1)
    return (
        result,
        about(LATE, came_late, log.day[end[came_late]], over),
        about(NEVER, never, none, horizon - due[never]),
    )


def _next(marks: np.ndarray, case: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The first marked event of the same case behind each of `after`; -1 where there is none."""
    places = np.flatnonzero(marks)
    at = np.searchsorted(places, after, side="right")
    found = np.append(places, -1)[np.minimum(at, len(places))]
    return np.where((found >= 0) & (case[found] == case[after]), found, -1)


def _where(log: EventLog, wanted: Mapping[str, str]) -> np.ndarray:
    """The cases that have these attributes."""
    right = np.ones(len(log.cases), bool)
    for name, value in wanted.items():
        told = log.case_attributes.get(name)
        right &= told is not None and np.array([str(v) == value for v in told.to_pylist()])
    return right


# ---------------------------------------------------------------------- the way


class Ways:
    """Judges sequences of activities by the moves of a procedure."""

    def __init__(self, prescription: Prescription) -> None:
        self.activities = prescription.activities
        self.onward = prescription.onward()
        self.finished = prescription.finished()
        self.beside = prescription.beside
        self.start = prescription.definition.start

    def judge(self, sequence: list[str]) -> list[Step]:
        """What is wrong with one sequence, in its order; empty when the procedure allows it and it has ended.

        A move the procedure does not have is *repeated* when the step is the same; *skipped* when every way to the new
        step leads over steps the case never enters; *out of order* otherwise. The case goes on from where it then is.
        """
        return list(self._judge(sequence))

    def _judge(self, sequence: list[str]) -> Iterator[Step]:
        entered = [(i, self.activities[name]) for i, name in enumerate(sequence) if name in self.activities]
        for i, name in enumerate(sequence):
            if name not in self.activities:
                yield Step(UNKNOWN, i, "", "", name)
        if sequence and not entered:
            yield Step(UNENDED, len(sequence) - 1, "", "", "")
        all_steps = {step for _i, step in entered}
        at, marks = "", set()  # where the case rests, and the steps beside the way it has entered
        for i, step in entered:
            if not at:
                left_out = [] if step == self.start else [s for s in self._over(self.start, step) if s not in all_steps]
                if step != self.start:
                    yield Step(SKIPPED if left_out else DISORDER, i, "", step, "|".join(left_out))
            elif not any(step in self.onward[source] for source in (at, *marks)):
                left_out = [s for s in self._over(at, step)[1:] if s not in all_steps]
                kind = REPEATED if step == at or step in marks else SKIPPED if left_out else DISORDER
                yield Step(kind, i, at, step, "|".join(left_out) if kind == SKIPPED else "")
            if step in self.beside and at:
                marks.add(step)
            else:
                at = step
        if entered and entered[-1][1] not in self.finished:
            yield Step(UNENDED, entered[-1][0], entered[-1][1], "", "")

    def _over(self, source: str, target: str) -> list[str]:
        """`source` and every step that no way from it to `target` goes around, in order."""
        way = self._way(source, target)
        return [s for s in way if s == source or not self._way(source, target, without=s)] or [source]

    def _way(self, source: str, target: str, without: str = "") -> list[str]:
        """The steps on the shortest way, without `target`; empty when there is none."""
        before: dict[str, str] = {source: ""}
        waiting = deque([source])
        while waiting:
            at = waiting.popleft()
            for step in sorted(self.onward[at] - before.keys() - {without}):
                before[step] = at
                if step == target:
                    way = []
                    while step := before[step]:
                        way.append(step)
                    return way[::-1]
                waiting.append(step)
        return []


# ---------------------------------------------------------------------- findings


def _table(log: EventLog, found: list[_Found]) -> pa.Table:
    """Every finding as a row, by case: what is wrong, about which limit or steps, when, due when, by how many days."""

    def joined(of) -> np.ndarray:
        return np.concatenate([of(one) for one in found]) if found else np.zeros(0, np.int64)

    def day(name: str) -> pa.Array:
        values = joined(
            lambda one: getattr(one, name) if getattr(one, name) is not None else np.full(len(one.case), -1)
        )
        return pa.array(values.astype(np.int32), pa.date32(), mask=values < 0)

    def text(name: str) -> pa.Array:
        words = [getattr(one, name) for one in found]
        codes = np.repeat(np.arange(len(found), dtype=np.int32), [len(one.case) for one in found])
        return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words, pa.string())).cast(pa.string())

    case = joined(lambda one: one.case)
    over = joined(lambda one: one.over if one.over is not None else np.full(len(one.case), -1))
    columns = {
        "case": pa.DictionaryArray.from_arrays(pa.array(case.astype(np.int32)), pa.array(log.cases, pa.string())),
        "kind": text("kind"),
        "about": text("about"),
        "source": text("source"),
        "target": text("target"),
        "on": day("on"),
        "due": day("due"),
        "days_over": pa.array(over.astype(np.int32), mask=over < 0),
    }
    return pa.table(columns).take(pa.array(np.argsort(case, kind="stable")))


def _counted(findings: pa.Table) -> dict[str, tuple[int, int]]:
    """For each kind the cases and the findings."""
    kinds = findings["kind"].to_pylist()
    rows = Counter(kinds)
    cases = Counter(
        kind for kind, _case in set(zip(kinds, findings["case"].combine_chunks().indices.to_pylist(), strict=True))
    )
    return {kind: (cases[kind], rows[kind]) for kind in KINDS}
