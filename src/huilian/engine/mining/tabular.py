"""An event log in a table: CSV in any usual encoding, or a workbook. One row is one event."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from huilian.engine import sheets
from huilian.engine.sheets.reading import Limits, fold, tidy
from huilian.engine.sheets.values import as_datetime, as_text
from huilian.foundation.errors import Invalid
from huilian.foundation.now import CHINA
from huilian.foundation.wording import _

from .log import EventLog, build
from .xes import moment

# Headings by which a column is known without being named; the first is the word of XES.
HEADINGS = {
    "case": (
        "case:concept:name",
        "case",
        "case id",
        "caseid",
        "case_id",
        "办件编号",
        "案件编号",
        "案号",
        "流水号",
        "编号",
    ),
    "activity": ("concept:name", "activity", "event", "task", "环节", "环节名称", "活动", "步骤"),
    "time": (
        "time:timestamp",
        "timestamp",
        "time",
        "complete timestamp",
        "date",
        "办理时间",
        "完成时间",
        "时间",
        "日期",
    ),
}
PARTS = {"case": _("case"), "activity": _("activity"), "time": _("moment")}
LIMITS = Limits(megabytes=2048, rows=5_000_000, unpacked_megabytes=4096)


def read(stream: BinaryIO, *, columns: Mapping[str, str] | None = None, zone: tzinfo = CHINA,
         limit: int = LIMITS.rows) -> EventLog:  # fmt: skip
    """The log in a table. `columns` says which heading is the `case`, the `activity` and the `time`, and which other
    heading is to be called what (`{"resource": "经办人"}`); columns not named keep their heading.

    A row without case, activity or moment, or with a moment that is none, refuses the file with its line.
    """
    named = dict(columns or {})
    if unknown := [name for name in ("case", "activity", "time") if name in named and not named[name]]:
        raise Invalid(_("No heading is named for “%(name)s”.", name=PARTS[unknown[0]]))
    known = [(named[part],) if part in named else names for part, names in HEADINGS.items()]
    sheet = sheets.read(stream, limits=Limits(LIMITS.megabytes, min(limit, LIMITS.rows), 256, 4096), known=known)
    folded = [fold(heading) for heading in sheet.headings]
    place = {}
    for part, names in zip(HEADINGS, known, strict=True):
        place[part] = next((folded.index(fold(name)) for name in names if fold(name) in folded), None)
        if place[part] is None:
            raise Invalid(
                _("No column is the %(part)s of the events. Say which of these it is: %(found)s.",
                  part=PARTS[part], found="、".join(filter(None, sheet.headings)))
            )  # fmt: skip
    called = {fold(heading): name for name, heading in named.items() if name not in HEADINGS}
    others = [(i, called.get(folded[i], h)) for i, h in enumerate(sheet.headings) if h and i not in place.values()]
    return _events(sheet.rows, place, others, zone)


def _events(rows, place: dict[str, int], others: list[tuple[int, str]], zone: tzinfo) -> EventLog:
    cases: dict[str, int] = {}
    activities: dict[str, int] = {}
    case, activity, at, day, zoneless = [], [], [], [], 0
    rest: dict[str, list] = {name: [] for _i, name in others}
    moments: dict[object, tuple[int, int, bool]] = {}
    for line, cells in rows:
        told = {part: cells[i] if i < len(cells) else "" for part, i in place.items()}
        if not any(cells):
            continue
        for part, value in told.items():
            if value == "" or value is None or not tidy(value):
                words = _("Line %(line)s has no %(part)s. Nothing was read.", line=line, part=PARTS[part])
                raise Invalid(words, row=line)
        stamp = told["time"]
        if stamp not in moments:
            if len(moments) > 1_000_000:
                moments.clear()
            moments[stamp] = _moment(stamp, zone, line)
        then, date, naive = moments[stamp]
        case.append(cases.setdefault(as_text(told["case"]), len(cases)))
        activity.append(activities.setdefault(as_text(told["activity"]), len(activities)))
        at.append(then)
        day.append(date)
        zoneless += naive
        for i, name in others:
            rest[name].append(as_text(cells[i]) if i < len(cells) and cells[i] not in ("", None) else None)
    return build(
        list(cases), np.array(case, np.int32), list(activities), np.array(activity, np.int32),
        np.array(at, np.int64), np.array(day, np.int32), zoneless=zoneless,
        attributes={name: pa.array(values, pa.string()).dictionary_encode() for name, values in rest.items()},
    )  # fmt: skip


def _moment(value: object, zone: tzinfo, line: int) -> tuple[int, int, bool]:
    try:
        return moment(value.isoformat() if isinstance(value, datetime) else tidy(value), zone)
    except ValueError:
        pass
    try:
        return moment(as_datetime(value).replace(tzinfo=None).isoformat(), zone)
    except (Invalid, ValueError):
        raise Invalid(
            _("Line %(line)s: “%(value)s” is no moment. Write 2026-11-22 09:30:00.", line=line, value=tidy(value)[:80]),
            row=line,
        ) from None
