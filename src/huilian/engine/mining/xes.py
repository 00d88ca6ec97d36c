"""XES (IEEE 1849) read in blocks of whole traces into columns. Pure.

A log is the same few thousand tags over and over. So a block is cut at every “<”, each distinct piece is understood
once, and what remains is arithmetic on the numbers of pieces. Pieces are only understood in their plainest form; a
block with anything else in it (nested attributes, entities, CDATA, comments, prefixes, other quotes) is read by expat,
which has seen the head of the file and has the last word on every fault.
"""

import re
from array import array
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from pyexpat import ExpatError, ParserCreate

import numpy as np

from huilian.foundation.errors import Invalid
from huilian.foundation.now import CHINA
from huilian.foundation.wording import _

from .columns import Column, as_texts
from .log import EPOCH, EventLog, build

BLOCK_LIMIT = 256 << 20  # bytes of one trace
DEPTH_LIMIT = 64
TAGS_KEPT = 400_000  # distinct tags kept between blocks

NAME, TIME = "concept:name", "time:timestamp"
KINDS = ("string", "date", "int", "float", "boolean", "id")
ATTRIBUTE, TRACE, TRACE_END, EVENT, EVENT_END = range(5)
FRAME = {"trace": TRACE, "/trace": TRACE_END, "event": EVENT, "/event": EVENT_END}
# What may stand behind what: <trace> (<event> </event>)* </trace>, again and again.
FOLLOWS = np.zeros((5, 5), bool)
for _first, _then in ((1, 3), (1, 2), (3, 4), (4, 3), (4, 2), (2, 1)):
    FOLLOWS[_first, _then] = True
PLAIN = re.compile(
    rf'(?:({"|".join(KINDS)}) key="([^"&<>\x00-\x1f]*)" value="([^"&<\x00-\x1f]*)" ?/>|(/?(?:trace|event))>)[ \t\r\n]*'
)
_FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Unusual(Exception):
    """A piece that the quick way does not understand."""


class Tags(dict[bytes, int]):
    """Each distinct tag has a number, from 5 on; below stand the four tags of the frame.

    Under its number stand `column`, the number of its (key, kind), and `value`: a whole number, the bits of a float, or
    the place of a text in `texts`; for a date also the `day` it writes and whether it said no offset (`naive`).
    """

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.zone = zone
        self.columns: dict[tuple[str, str], int] = {}
        self.texts: dict[str, int] = {}
        self.forget()

    def forget(self) -> None:
        """Let go of the tags; columns and texts stay."""
        self.clear()
        self._known: dict[tuple[str, str, str], int] = {}
        self._column, self._value = array("i", [-1] * 5), array("q", [0] * 5)
        self._day, self._naive = array("i", [0] * 5), array("b", [0] * 5)

    def __missing__(self, piece: bytes) -> int:
        try:
            plain = PLAIN.fullmatch(piece.decode())
            if plain is None:
                raise Unusual
            kind, key, value, frame = plain.groups()
            number = FRAME[frame] if frame else self.attribute(kind, key, value)
        except (ValueError, OverflowError):  # a broken number, bytes that are no UTF-8: expat's way says where
            raise Unusual from None
        self[piece] = number
        return number

    def attribute(self, kind: str, key: str, value: str) -> int:
        """The number of an attribute. Raises ValueError or OverflowError when the value is not of its kind."""
        found = self._known.get((kind, key, value))
        if found is None:
            number, day, naive = self._typed(kind, value)
            self._column.append(self.columns.setdefault((key, kind), len(self.columns)))
            self._value.append(number)
            self._day.append(day)
            self._naive.append(naive)
            found = self._known[kind, key, value] = len(self._value) - 1
        return found

    def _typed(self, kind: str, value: str) -> tuple[int, int, bool]:
        if kind == "date":
            return moment(value, self.zone)
        if kind == "int":
            return int(np.int64(int(value))), 0, False
        if kind == "float":
            return int(np.float64(value).view(np.int64)), 0, False
        if kind == "boolean":
            return ("false", "true").index(value.strip().lower()), 0, False
        return self.texts.setdefault(value, len(self.texts)), 0, False

    def told(self, ids: np.ndarray) -> tuple[np.ndarray, ...]:
        """Column, value, day and naive of each tag."""
        arrays = (self._column, np.int32), (self._value, np.int64), (self._day, np.int32), (self._naive, np.int8)
        return tuple(np.frombuffer(told, kind)[ids] for told, kind in arrays)


def moment(text: str, zone: tzinfo) -> tuple[int, int, bool]:
    """Microseconds of UTC, the written date as days since 1970, and whether no offset was said (`zone` is taken)."""
    at = datetime.fromisoformat(text.strip())
    naive = at.tzinfo is None
    return ((at.replace(tzinfo=zone) if naive else at) - _FIRST_MOMENT) // _MICROSECOND, (at.date() - EPOCH).days, naive


class Reader:
    """Takes the bytes of a log in UTF-8, in any portions, and gives it in columns.

    `activity` is the attribute that names what was done; `zone` is taken where a date says no offset; `keep` names the
    attributes to keep beside case, activity and moment (None: all of them); `progress` is told the events read so far.
    """

    def __init__(self, *, activity: str = NAME, zone: tzinfo = CHINA, keep: Collection[str] | None = None,
                 limit: int = 50_000_000, progress: Callable[[int], None] | None = None) -> None:  # fmt: skip
        self.activity, self.keep, self.limit, self.progress = activity, keep, limit, progress
        self.tags = Tags(zone)
        self.parser = ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.open: list[str] = []  # elements expat is in
        self.path: list[str] = []  # keys of the attributes it is in
        self.seen, self.lines = array("q"), array("q")  # tags expat has seen of the running block, and their lines
        self.passed = self.skipped = 0  # line breaks read so far, and those of them expat was not shown
        self.slow = False  # everything from here on is for expat
        self.traces = self.events = 0
        self.of_trace: dict[int, Column] = {}
        self.of_event: dict[int, Column] = {}
        self.days, self.naive = Column("day"), Column("naive")
        self.case: list[np.ndarray] = []

    # ------------------------------------------------------------------ blocks

    def read(self, portions: Iterable[bytes]) -> EventLog:
        """The log. Raises Invalid naming the line; then nothing was read."""
        rest = b""
        for portion in portions:
            rest += portion
            cut = rest.rfind(b"</trace>") + 8
            if cut >= 8:
                self._block(rest[:cut])
                rest = rest[cut:]
                if self.progress:
                    self.progress(self.events)
            elif len(rest) > BLOCK_LIMIT:
                raise Invalid(
                    _("For %(mb)s MB no trace ends. This is no event log, or one of its traces is too long.",
                      mb=BLOCK_LIMIT >> 20)
                )  # fmt: skip
        self._expat(rest, final=True)
        return self._log()

    def _block(self, block: bytes) -> None:
        if not self.open and not self.slow:
            # The head and the first trace go to expat. Unless it has seen that trace end it is inside something else.
            first = block.find(b"</trace>") + 8
            self._expat(block[:first])
            block, self.slow = block[first:], not self.traces
        # A comment, a CDATA section or an instruction may hide a tag or be cut by the end of the block.
        self.slow = self.slow or len(self.open) != 1 or b"<!" in block or b"<?" in block
        if self.slow or not self._quick(block):
            self._expat(block)

    def _quick(self, block: bytes) -> bool:
        before, *pieces = block.split(b"<")
        if before.strip():
            return False
        if len(self.tags) > TAGS_KEPT:
            self.tags.forget()
        try:
            ids = np.fromiter(map(self.tags.__getitem__, pieces), np.int64, len(pieces))
        except Unusual:
            return False
        if not self._take(ids, lambda i: 1 + self.passed + (before + b"".join(pieces[:i])).count(b"\n")):
            return False
        breaks = block.count(b"\n")
        self.passed, self.skipped = self.passed + breaks, self.skipped + breaks
        return True

    # ------------------------------------------------------------------ expat

    def _expat(self, part: bytes, *, final: bool = False) -> None:
        try:
            self.parser.Parse(part, final)
        except ExpatError as fault:
            line = fault.lineno + self.skipped
            if final and self.open:
                raise Invalid(
                    _("The log ends in the middle, at line %(line)s. Fetch the file again.", line=line)
                ) from None
            said = str(fault).partition(":")[0]
            raise Invalid(_("Line %(line)s is not XML (%(fault)s). Nothing was read.", line=line, fault=said)) from None
        self.passed += part.count(b"\n")
        seen, lines = np.array(self.seen), self.lines
        if len(seen) and seen[-1] == TRACE_END:
            self.seen, self.lines = array("q"), array("q")
            self._take(seen, lines.__getitem__)

    def _line(self) -> int:
        return self.skipped + self.parser.CurrentLineNumber

    def _doctype(self, *_args: object) -> None:
        raise Invalid(_("The file declares a document type of its own. XES has none, so it was not opened."))

    def _start(self, name: str, attributes: list[str]) -> None:
        name = name.rpartition(":")[2]
        above = self.open[-1] if self.open else ""
        if not above and name != "log":
            raise Invalid(_("This is XML but no event log: it begins with “%(name)s” instead of “log”.", name=name))
        if {"trace": "log", "event": "trace"}.get(name, above) != above or len(self.open) > DEPTH_LIMIT:
            raise Invalid(_("Line %(line)s: “%(name)s” stands where XES has none.", line=self._line(), name=name))
        self.open.append(name)
        if name in FRAME:
            self._see(FRAME[name])
        elif len(self.open) > 2 and self.open[1] == "trace":
            told = dict(zip(attributes[::2], attributes[1::2], strict=True))
            self.path.append(told.get("key", ""))
            if name in KINDS:
                try:
                    self._see(self.tags.attribute(name, "/".join(filter(None, self.path)), told["value"]))
                except (ValueError, KeyError, OverflowError):
                    raise Invalid(
                        _("Line %(line)s: “%(value)s” is no value of the kind “%(kind)s”. Nothing was read.",
                          line=self._line(), value=told.get("value", "")[:80], kind=name)
                    ) from None  # fmt: skip

    def _end(self, _name: str) -> None:
        name = self.open.pop()
        if name in FRAME:
            self._see(FRAME["/" + name])
        elif self.path:
            self.path.pop()

    def _see(self, number: int) -> None:
        self.seen.append(number)
        self.lines.append(self._line())

    # ------------------------------------------------------------------ columns

    def _take(self, ids: np.ndarray, line_of: Callable[[int], int]) -> bool:
        """Put whole traces into the columns. False, and nothing put, when their tags do not stand as they must."""
        frame = np.flatnonzero(ids < 5)
        order = ids[frame]
        if not len(order):
            return not len(ids)
        if order[0] != TRACE or order[-1] != TRACE_END or not FOLLOWS[order[:-1], order[1:]].all():
            return False
        attributes = np.flatnonzero(ids >= 5)
        behind = np.searchsorted(frame, attributes) - 1  # the tag of the frame each stands behind
        if len(behind) and (behind[0] < 0 or (order[behind] == TRACE_END).any()):
            return False
        starts, trace_of, event_of = frame[order == TRACE], np.cumsum(order == TRACE) - 1, np.cumsum(order == EVENT) - 1
        events, case = frame[order == EVENT], trace_of[order == EVENT]
        if self.events + len(events) > self.limit:
            raise Invalid(_("The log has more than %(limit)s events. Part it, say by years.", limit=self.limit))
        in_event = order[behind] == EVENT
        told = self.tags.told(ids[attributes])
        owner = np.where(in_event, event_of[behind], trace_of[behind])
        self._put(told, owner, ~in_event, starts, (NAME,), self.traces, self.of_trace, line_of)
        self._put(told, owner, in_event, events, (self.activity, TIME), self.events, self.of_event, line_of)
        self.case.append((case + self.traces).astype(np.int32))
        self.traces += len(starts)
        self.events += len(events)
        return True

    def _put(self, told, owner, chosen, starts, needed, first, into: dict[int, Column], line_of) -> None:
        column, value, day, naive = (one[chosen] for one in told)
        owner = owner[chosen]
        for key in needed:
            if lost := self._without(key, column, owner, starts):
                self._refuse(key, line_of(lost[0]))
        keys = {number: key for key, number in self.tags.columns.items()}
        for number in np.unique(column).tolist():
            key, kind = keys[number]
            if self.keep is None or key in needed or key in self.keep:
                here = column == number
                rows = (owner[here] + first).astype(np.int32)
                into.setdefault(number, Column(kind)).add(rows, value[here])
                if (key, kind) == (TIME, "date") and TIME in needed:
                    self.days.add(rows, day[here])
                    self.naive.add(rows, naive[here])

    def _without(self, key: str, column: np.ndarray, owner: np.ndarray, starts: np.ndarray) -> list[int]:
        """Where traces or events begin that do not say `key`."""
        right = [n for (k, kind), n in self.tags.columns.items() if k == key and (kind == "date") == (key == TIME)]
        says = np.bincount(owner[np.isin(column, right)], minlength=len(starts)) > 0
        return [] if says.all() else starts[~says].tolist()

    def _refuse(self, key: str, line: int) -> None:
        if key == TIME:
            raise Invalid(
                _("Line %(line)s: the event has no moment (the date “%(key)s”). Nothing was read.", line=line, key=key)
            )
        raise Invalid(
            _("Line %(line)s: no “%(key)s” is told for this case or event. Nothing was read.", line=line, key=key)
        )

    # ------------------------------------------------------------------ the log

    def _log(self) -> EventLog:
        if not self.events:
            raise Invalid(_("The log has no event. Nothing was read."))
        texts = np.array([*self.tags.texts, ""], dtype=object)
        cases, case_of_trace = as_texts(self._named(self.of_trace, NAME), self.traces, texts)
        if len(cases) < self.traces:
            twice = cases[int(np.argmax(np.bincount(case_of_trace)))]
            raise Invalid(_("Two traces are the case “%(case)s”. Nothing was read.", case=twice))
        activities, activity = as_texts(self._named(self.of_event, self.activity), self.events, texts)
        (at, _none) = self._named(self.of_event, TIME, "date")[0].dense(self.events)
        return build(
            cases, np.concatenate(self.case), activities, activity, at, self.days.dense(self.events)[0],
            attributes=self._rest(self.of_event, (self.activity, TIME), self.events, texts),
            case_attributes=self._rest(self.of_trace, (NAME,), self.traces, texts),
            zoneless=int(self.naive.dense(self.events)[0].sum()),
        )  # fmt: skip

    def _named(self, columns: dict[int, Column], key: str, kind: str = "") -> list[Column]:
        return [
            columns[n] for (k, its), n in self.tags.columns.items() if k == key and n in columns and kind in ("", its)
        ]

    def _rest(self, columns: dict[int, Column], without: Collection[str], size: int, texts: np.ndarray) -> dict:
        """Every other attribute as an Arrow column; a key told in two kinds is two columns."""
        rest = {}
        for (key, kind), number in self.tags.columns.items():
            if number in columns and key not in without:
                rest[f"{key} ({kind})" if key in rest else key] = columns[number].arrow(size, texts)
        return rest
