"""A judgment in words, as plain data, and as files."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huilian.engine.look.text import say
from huilian.foundation.errors import Invalid

from .judging import DISORDER, LATE, NEVER, REPEATED, SKIPPED, UNENDED, UNKNOWN, Judgment
from .log import EventLog
from .prescription import Limit, Prescription

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # how a spreadsheet begins one


def kind_name(kind: str) -> str:
    """A kind of finding, as a heading."""
    return {
        LATE: pgettext("event log", "Late"),
        NEVER: pgettext("event log", "Never done"),
        SKIPPED: pgettext("event log", "Step skipped"),
        DISORDER: pgettext("event log", "Out of order"),
        REPEATED: pgettext("event log", "Repeated"),
        UNKNOWN: pgettext("event log", "Unknown activity"),
        UNENDED: pgettext("event log", "Not ended"),
    }[kind]


def length_of(limit: Limit) -> str:
    """The length of a limit in words."""
    words = {
        "workday": _("%(n)s working days"),
        "day": _("%(n)s calendar days"),
        "month": _("%(n)s months"),
        "hour": _("%(n)s hours"),
    }
    return words[limit.unit] % {"n": limit.length}


def steps_in_words(prescription: Prescription, keys: str) -> str:
    """Names of steps written “a|b”; what is no step is an activity of the log and stays as it is."""
    known = {step.key: step.name for step in prescription.definition.steps}
    return "、".join(say(known[key]) if key in known else key for key in keys.split("|") if key)


def sentence(prescription: Prescription, finding: dict) -> str:
    """What one finding says. It names steps and days, never a person."""
    limits = {limit.key: limit for limit in prescription.limits}
    kind, about = finding["kind"], finding["about"]
    words = {
        "source": steps_in_words(prescription, finding["source"]),
        "target": steps_in_words(prescription, finding["target"]),
        "days": finding["days_over"],
        "due": finding["due"],
    }
    if kind in (LATE, NEVER):
        limit = limits[about]
        words |= {"limit": say(limit.name), "length": length_of(limit)}
        if kind == LATE:
            return _("%(limit)s (%(length)s): due %(due)s, %(days)s days late.") % words
        return _("%(limit)s (%(length)s): due %(due)s, not done by the end of the log, %(days)s days over.") % words
    if kind == SKIPPED:
        words["skipped"] = steps_in_words(prescription, about)
        return _("“%(target)s” without “%(skipped)s” before it.") % words
    if kind == DISORDER:
        return _("“%(target)s” after “%(source)s”, which the procedure does not have.") % words
    if kind == REPEATED:
        return _("“%(target)s” once more, which the procedure does not have.") % words
    if kind == UNKNOWN:
        return _("The procedure does not know “%(activity)s”.") % {"activity": about}
    return _("The last step is “%(source)s”; the procedure does not end there.") % words


def as_data(log: EventLog, prescription: Prescription, judgment: Judgment) -> dict:
    """Counts of a judgment as JSON has them; keys are stable."""
    return {
        "procedure": prescription.definition.key,
        "as_of": judgment.as_of.isoformat(),
        "log": {
            "cases": len(log.cases), "events": len(log), "variants": len(log.variants()),
            "first_day": log.first_day.isoformat(), "last_day": log.last_day.isoformat(),
            "disordered_cases": log.reading.disordered_cases, "disordered_events": log.reading.disordered_events,
            "zoneless_events": log.reading.zoneless_events,
            "unfinished_events": log.reading.unfinished_events,
        },
        "limits": [
            {
                "key": one.limit.key, "name": say(one.limit.name), "length": one.limit.length, "unit": one.limit.unit,
                "opened": one.opened, "kept": one.kept, "late": one.late, "never_done": one.never,
                "running": one.running, "lifted": one.lifted, "median_days_over": one.over[0],
                "most_days_over": one.over[1],
            }
            for one in judgment.limits
        ],
        "way": {"conforming_cases": judgment.conforming, "moves": judgment.moves, "allowed_moves": judgment.allowed},
        "deviations": {kind: {"cases": c, "findings": n} for kind, (c, n) in judgment.deviations.items()},
        "unknown_activities": judgment.unknown,
    }  # fmt: skip


def write(findings: pa.Table, prescription: Prescription, path: Path) -> int:
    """Every finding to a Parquet or CSV file; the number of them."""
    if path.suffix == ".parquet":
        pq.write_table(findings, path)
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(lines(findings, prescription))
    else:
        raise Invalid(_("Findings are written to a file that ends in .parquet or .csv."))
    return findings.num_rows


def lines(findings: pa.Table, prescription: Prescription) -> Iterator[list]:
    """Findings for a table of text, each in words, after a line of headings. No text is a formula."""
    yield [
        _("Case"), pgettext("event log", "Kind"), pgettext("event log", "Day"), _("Due"), _("Days over"),
        _("What is wrong"),
    ]  # fmt: skip
    for batch in findings.to_batches(max_chunksize=10_000):
        for finding in batch.to_pylist():
            case = finding["case"]
            yield [
                f"'{case}" if case.startswith(FORMULA) else case, kind_name(finding["kind"]), finding["on"],
                finding["due"], finding["days_over"], sentence(prescription, finding),
            ]  # fmt: skip
