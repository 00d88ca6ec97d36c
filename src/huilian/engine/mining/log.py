"""An event log laid out in columns: what every reader makes and every judge reads. Pure.

One event is one position in `activity`, `at` and `day`; the events of a case stand together in order of time, those of
case i from `starts[i]` to `starts[i + 1]`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from huilian.foundation.errors import Invalid
from huilian.foundation.wording import _

EPOCH = date(1970, 1, 1)
LIFECYCLE = "lifecycle:transition"


@dataclass(frozen=True)
class Reading:
    """What the reader had to decide, told beside every result."""

    disordered_cases: int = 0  # their events stood out of order and were put in order of time
    disordered_events: int = 0  # events earlier than the one before them
    zoneless_events: int = 0  # time stamps without an offset, taken as the zone that was said
    unfinished_events: int = 0  # started, suspended, resumed …: only what was completed is judged


@dataclass(frozen=True)
class EventLog:
    """「事件日志」 Cases, their events in order of time, and what is told about them.

    `at` is the moment in microseconds of UTC; `day` the date the log itself wrote (in its own offset), as days since
    1970-01-01. Periods in days are counted on `day`: an hour won or lost by summer time is no day.
    """

    cases: list[str]
    starts: np.ndarray
    activities: tuple[str, ...]
    activity: np.ndarray
    at: np.ndarray
    day: np.ndarray
    attributes: dict[str, pa.Array] = field(default_factory=dict)
    case_attributes: dict[str, pa.Array] = field(default_factory=dict)
    reading: Reading = Reading()

    def __len__(self) -> int:
        return len(self.activity)

    @property
    def case(self) -> np.ndarray:
        """The number of the case of each event."""
        return np.repeat(np.arange(len(self.cases)), np.diff(self.starts))

    @property
    def first_day(self) -> date:
        return to_date(self.day.min())

    @property
    def last_day(self) -> date:
        return to_date(self.day.max())

    def variants(self) -> dict[bytes, list[int]]:
        """The cases of each distinct sequence of activities; the key is the sequence as it stands in `activity`."""
        found: dict[bytes, list[int]] = {}
        codes, width = self.activity.tobytes(), self.activity.itemsize
        for i, (start, end) in enumerate(zip(self.starts[:-1].tolist(), self.starts[1:].tolist(), strict=True)):
            found.setdefault(codes[start * width : end * width], []).append(i)
        return found

    def sequence(self, variant: bytes) -> list[int]:
        return np.frombuffer(variant, self.activity.dtype).tolist()

    def completed(self) -> "EventLog":
        """Only the events that say an activity was completed, where the log tells that from others (XES lifecycle)."""
        told = self.attributes.get(LIFECYCLE)
        if told is None:
            return self
        done = np.array([value is None or value.lower() == "complete" for value in told.to_pylist()])
        if done.all() or not done.any():
            return self
        return replace(
            self,
            starts=np.concatenate(([0], np.cumsum(np.bincount(self.case[done], minlength=len(self.cases))))),
            activity=self.activity[done], at=self.at[done], day=self.day[done],
            attributes={name: values.filter(pa.array(done)) for name, values in self.attributes.items()},
            reading=replace(self.reading, unfinished_events=int((~done).sum())),
        )  # fmt: skip

    def table(self) -> pa.Table:
        """Every event as a row, for Parquet and for DuckDB."""
        columns = {
            "case": pa.DictionaryArray.from_arrays(pa.array(self.case, pa.int32()), pa.array(self.cases)),
            "activity": pa.DictionaryArray.from_arrays(pa.array(self.activity), pa.array(self.activities)),
            "at": pa.array(self.at, pa.timestamp("us", "UTC")),
            "day": pa.array(self.day, pa.date32()),
        }
        return pa.table(columns | {f"event:{name}": values for name, values in self.attributes.items()})


def to_date(day: int) -> date:
    return EPOCH + timedelta(days=int(day))


def build(
    cases: list[str],
    case: np.ndarray,
    activities: list[str],
    activity: np.ndarray,
    at: np.ndarray,
    day: np.ndarray,
    *,
    attributes: dict[str, pa.Array] | None = None,
    case_attributes: dict[str, pa.Array] | None = None,
    zoneless: int = 0,
) -> EventLog:
    """A log from events as they were read. `case` gives each event's place in `cases`.

    Events of a case that do not stand in order of time are put in order; those of the same moment keep the order of the
    file. How many stood out of order is told in `reading`. A case without an event stays.
    """
    if not len(activity):
        raise Invalid(_("The log has no event. Nothing was read."))
    order = np.lexsort((at, case))
    attributes = attributes or {}
    disordered = 0, 0
    if (order[1:] < order[:-1]).any():
        attributes = {name: values.take(pa.array(order)) for name, values in attributes.items()}
        by_case = np.argsort(case, kind="stable")  # as the file told each case
        told, moments = case[by_case], at[by_case]
        earlier = (told[1:] == told[:-1]) & (moments[1:] < moments[:-1])
        disordered = len(np.unique(told[1:][earlier])), int(earlier.sum())
        activity, at, day = activity[order], at[order], day[order]
    return EventLog(
        cases=cases,
        starts=np.concatenate(([0], np.cumsum(np.bincount(case, minlength=len(cases))))),
        activities=tuple(activities),
        activity=activity.astype(np.int32),
        at=at,
        day=day.astype(np.int32),
        attributes=attributes,
        case_attributes=case_attributes or {},
        reading=Reading(*disordered, zoneless),
    )
