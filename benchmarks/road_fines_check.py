"""Counts of the road fines log by another way: the standard library only, nothing of the product.

    python benchmarks/road_fines_check.py fines_log.xes.gz

ElementTree reads the file trace by trace; days are dates taken from the text of the time stamps. What it prints is what
`huilian judge fines_log.xes.gz --procedure road-fines --json` must print too (benchmarks/road_fines.py compares them).
"""

import argparse
import gzip
import json
import os
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import iterparse

NEEDS = ("fines_log.xes.gz",)
SENDING = ("Create Fine", "Send Fine", 90)
APPEALING = ("Insert Fine Notification", "Insert Date Appeal to Prefecture", 60)


def traces(path: str):
    """(case, [(activity, time stamp as text)]) of each trace, in order of time."""
    with gzip.open(path) as file:
        context = iterparse(file, events=("start", "end"))
        _event, log = next(context)
        for event, element in context:
            if event == "end" and element.tag.endswith("trace"):
                told = [
                    {child.get("key"): child.get("value") for child in one}
                    for one in element
                    if one.tag.endswith("event")
                ]
                name = next(c.get("value") for c in element if c.get("key") == "concept:name")
                events = [(one["concept:name"], one["time:timestamp"]) for one in told]
                yield name, sorted(events, key=lambda e: datetime.fromisoformat(e[1]))
                log.clear()


def day(stamp: str) -> date:
    return date.fromisoformat(stamp[:10])


def first(events: list[tuple[str, str]], name: str, after: int = -1) -> int | None:
    return next((i for i, (activity, _at) in enumerate(events) if i > after and activity == name), None)


def count(path: str) -> dict:
    variants, late, totals, last = set(), Counter(), Counter(), date.min
    unpaid = []  # cases created, never sent: when they were created, and when first paid
    for _case, events in traces(path):
        totals["cases"] += 1
        totals["events"] += len(events)
        variants.add(tuple(activity for activity, _at in events))
        last = max(last, *(day(at) for _activity, at in events))
        for key, (begin, end, length) in (("sending", SENDING), ("appealing", APPEALING)):
            begun = first(events, begin)
            if begun is None:
                continue
            ended = first(events, end, begun)
            if ended is not None:
                passed = day(events[ended][1]) - day(events[begun][1])
                late[key] += passed.days > length
                elapsed = datetime.fromisoformat(events[ended][1]) - datetime.fromisoformat(events[begun][1])
                late[f"{key} by elapsed hours"] += elapsed.total_seconds() > length * 86400
            elif key == "sending":
                paid = first(events, "Payment", begun)
                unpaid.append((day(events[begun][1]), day(events[paid][1]) if paid is not None else None))
    for created, paid in unpaid:
        if paid is not None and (paid - created).days <= SENDING[2]:
            totals["sending lifted"] += 1
        else:
            totals["sending never"] += (last - created).days > SENDING[2]
    return {
        "cases": totals["cases"], "events": totals["events"], "variants": len(variants),
        "sending late": late["sending"], "sending never": totals["sending never"],
        "sending lifted": totals["sending lifted"], "appealing late": late["appealing"],
        "by elapsed hours instead of days": {key: late[f"{key} by elapsed hours"] for key in ("sending", "appealing")},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", help="the log; else fines_log.xes.gz in the folder HUILIAN_REAL")
    parser.add_argument("--json", action="store_true", help="it prints nothing else")
    options = parser.parse_args()
    path = options.file or str(Path(os.environ.get("HUILIAN_REAL", ".")) / NEEDS[0])
    print(json.dumps(count(path), indent=1))


if __name__ == "__main__":
    main()
