"""An event log as XES 2.0 (IEEE 1849-2023): valid by its schema, told trace by trace, so that memory stays small."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.sax.saxutils import quoteattr

Value = str | int | float | bool | datetime
EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
)
_CONTROL = {code: " " for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: " ", 0xFFFF: " "}


@dataclass(frozen=True)
class Event:
    """One event: what was done and when; the rest as attributes."""

    activity: str
    at: datetime
    lifecycle: str = "complete"
    attributes: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Trace:
    """One case with its events in order of time."""

    case: str
    events: tuple[Event, ...]
    attributes: dict[str, Value] = field(default_factory=dict)


def write(traces: Iterable[Trace], *, name: str) -> Iterator[str]:
    """The log in pieces of text, UTF-8 to be."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="2.0" xes.features="" xmlns="http://www.xes-standard.org/">\n'
    for title, prefix, uri in EXTENSIONS:
        yield f'\t<extension name="{title}" prefix="{prefix}" uri="{uri}"/>\n'
    yield '\t<global scope="trace">\n\t\t<string key="concept:name" value=""/>\n\t</global>\n\t<global scope="event">\n'
    yield '\t\t<string key="concept:name" value=""/>\n'
    yield '\t\t<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>\n'
    yield '\t\t<string key="lifecycle:transition" value="complete"/>\n\t</global>\n'
    yield '\t<classifier name="Activity" scope="event" keys="concept:name"/>\n'
    yield _attribute("concept:name", name, 1)
    for trace in traces:
        told = [_attribute("concept:name", trace.case, 2), *(_attribute(k, v, 2) for k, v in trace.attributes.items())]
        for event in trace.events:
            head = {"concept:name": event.activity, "time:timestamp": event.at, "lifecycle:transition": event.lifecycle}
            attributes = "".join(_attribute(key, value, 3) for key, value in (head | event.attributes).items())
            told.append(f"\t\t<event>\n{attributes}\t\t</event>\n")
        yield f"\t<trace>\n{''.join(told)}\t</trace>\n"
    yield "</log>\n"


def _attribute(key: str, value: Value, depth: int) -> str:
    if isinstance(value, datetime):
        kind, text = "date", value.isoformat(timespec="milliseconds")
    elif isinstance(value, bool):
        kind, text = "boolean", str(value).lower()
    elif isinstance(value, int | float):
        kind, text = ("int", str(value)) if isinstance(value, int) else ("float", repr(value))
    else:
        kind, text = "string", value.translate(_CONTROL)
    return (
        f"{chr(9) * depth}<{kind} key={quoteattr(key)} value={quoteattr(text, {chr(10): '&#10;', chr(9): '&#9;'})}/>\n"
    )
