"""Letters and orders of other systems become cases, with answers, moments and clocks: all of a file or nothing."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine import bulk
from huilian.engine.access.queries import copies_of, require
from huilian.engine.clocks import services as clocks
from huilian.engine.clocks.models import Clock
from huilian.engine.directory.models import Place
from huilian.engine.numbering.services import take_numbers
from huilian.engine.procedures.models import Case, CaseStep, Extension, Procedure, State
from huilian.engine.procedures.queries import current_procedure
from huilian.engine.procedures.services import open_cases
from huilian.engine.sheets import Fault, Limits, parse, read
from huilian.engine.sheets.columns import known
from huilian.engine.sheets.reading import column_letters, fold
from huilian.engine.trail.actors import as_actor
from huilian.engine.trail.services import Act, record, record_many
from huilian.foundation.errors import Invalid
from huilian.foundation.now import moment

from ..imports.columns import columns
from ..imports.history import History, history_of
from ..imports.rows import Letter, Reading, understand
from ..models import CallBack, Channel, Order

KIND = "hotline"
LIMITS = Limits(megabytes=64, rows=100_000)
BATCH = 1000  # rows written in one statement
SHOWN = 20  # faults told in the sentence of a refusal; all of them stand in `faults`
STATES = {"": State.OPEN, "closed": State.CLOSED, "refused": State.REFUSED, "merged": State.MERGED}
Told = Callable[[int, int], None]  # how many rows of how many are done
Row = TypeVar("Row")


class FaultyFile(Invalid):
    """Rows of the file are wrong, and nothing was imported. `faults` has them all, in the order of the file."""

    def __init__(self, faults: Sequence[Fault], more: int = 0) -> None:
        self.faults = list(faults)
        shown = "\n".join(str(fault) for fault in self.faults[:SHOWN])
        rest = len(self.faults) + more - SHOWN
        text = _("%(count)d faults; nothing was imported.") % {"count": len(self.faults) + more}
        tail = "\n" + _("… and %(rest)d more.") % {"rest": rest} if rest > 0 else ""
        super().__init__(f"{text}\n{shown}{tail}", row=self.faults[0].row if self.faults else None)


@dataclass
class Imported:
    """What an import did, or with `dry_run` would do. `answered` and `in_time` are counted by class of the matter."""

    file: str
    rows: int = 0
    imported: int = 0
    known: int = 0  # left out because they are here already
    open: int = 0
    closed: int = 0
    refused: int = 0
    merged: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    in_time: dict[str, int] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)  # working days of each class
    notes: list[Fault] = field(default_factory=list)
    unknown_headings: tuple[str, ...] = ()
    first_number: str = ""
    last_number: str = ""
    dry_run: bool = False


def import_orders(
    file: BinaryIO | bytes | str | Path,
    *,
    by,
    name: str = "",
    place: Place | None = None,
    channel: Channel | None = None,
    skip_known: bool = False,
    dry_run: bool = False,
    told: Told | None = None,
) -> Imported:
    """Import a spreadsheet (xlsx, xls, ods, csv) of letters or orders as cases.

    `place` is where rows without a place of their own belong, and in which names of places are looked up; `channel` is
    that of rows without one (letters, if not given). A number at the source that is here already is refused, or left
    out with `skip_known`. Raises `FaultyFile` with every fault, or `Invalid` when the file cannot be read as a table.
    """
    require(by, "hotline.import")
    reading, imported = read_orders(file, name=name, place=place, channel=channel)
    procedure = current_procedure(KIND)
    histories = _histories(reading, procedure)
    imported.dry_run = dry_run
    with transaction.atomic():
        letters = _new(reading.letters, imported, skip_known)
        batch = _Batch(procedure, by, imported, told)
        if dry_run:
            batch.rehearse([(letter, histories[letter.row]) for letter in letters])
        elif letters:
            batch.write([(letter, histories[letter.row]) for letter in letters])
    return imported


def read_orders(file, *, name: str = "", place=None, channel=None) -> tuple[Reading, Imported]:
    """All rows of `file`, checked against the directory; raises like `import_orders`. Writes nothing."""
    if isinstance(file, str | Path):
        with Path(file).open("rb") as stream:
            return read_orders(stream, name=name or Path(file).name, place=place, channel=channel)
    wanted = columns()
    sheet = read(file, limits=LIMITS, known=known(wanted))
    parsed = parse(sheet, wanted)
    if parsed.faults:
        raise FaultyFile(parsed.faults, parsed.unkept)
    if not parsed.records:
        raise Invalid(_("There is no row below the headings."))
    headings = _headings(sheet.headings, wanted)
    reading = understand(parsed.records, place=place, channel=channel, headings=headings)
    if reading.faults:
        raise FaultyFile(reading.faults)
    label = name or getattr(file, "name", "") or _("a file")
    imported = Imported(
        Path(str(label)).name, rows=len(reading.letters), notes=reading.notes, unknown_headings=parsed.unknown
    )
    return reading, imported


def _headings(found: Sequence[str], wanted) -> dict[str, tuple[str, str]]:
    by_name = {fold(name): column for column in wanted for name in column.names}
    keys = ((by_name.get(fold(heading)), at) for at, heading in enumerate(found, 1))
    return {column.key: (str(column.heading), column_letters(at)) for column, at in keys if column}


def _histories(reading: Reading, procedure: Procedure) -> dict[int, History]:
    knows_ends = any(x.closed_at or x.called_at or x.end for x in reading.letters)
    return {x.row: history_of(x, procedure.definition, knows_ends=knows_ends) for x in reading.letters}


def _new(letters: list[Letter], imported: Imported, skip_known: bool) -> list[Letter]:
    """The letters that are not here yet. Imports through one channel take turns, so none can enter a number twice."""
    through = sorted({x.channel.pk for x in letters})
    list(Channel.objects.select_for_update().filter(pk__in=through).order_by("pk"))
    numbers = [x.number for x in letters if x.number]
    have: dict[tuple[int, str], str] = {}
    for some in _slices(numbers):
        rows = Order.objects.filter(channel__in=through, origin_number__in=some)
        have |= {(c, o): n for c, o, n in rows.values_list("channel_id", "origin_number", "case__number")}
    repeated = [x for x in letters if x.number and x.key in have]
    imported.known = len(repeated)
    if repeated and not skip_known:
        text = _("%(origin)s is here already as %(number)s.")
        faults = [Fault(x.row, "", "", text % {"origin": x.number, "number": have[x.key]}) for x in repeated]
        raise FaultyFile(faults)
    return [x for x in letters if not (x.number and x.key in have)] if repeated else letters


def _slices(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


class _Batch:
    """Writes the matters of one file: cases, clocks, orders, stays, call-backs, trail; in that order, in bulk."""

    def __init__(self, procedure: Procedure, by, imported: Imported, told: Told | None) -> None:
        self.procedure, self.by, self.imported = procedure, by, imported
        self.told = told or (lambda done, of: None)
        self.definition = procedure.definition
        self.limits = {c.key: c.limit for c in self.definition.classes}
        self.rule = str(procedure)
        self.actor = as_actor(by).label

    def rehearse(self, rows: list[tuple[Letter, History]]) -> None:
        """Count what would come of it."""
        with_clock = [(x, h) for x, h in rows if h.has_clock]
        built = clocks.prepare([self._start(x, h, str(x.row)) for x, h in with_clock])
        self._count(rows, {x.row: clock for (x, _h), clock in zip(with_clock, built, strict=True)})

    def write(self, rows: list[tuple[Letter, History]]) -> None:
        numbers = self._numbers([x for x, _h in rows])
        total, orders, first = len(rows), {}, {}
        of_row: dict[int, Clock] = {}
        for some in _slices(rows):
            own = self._step_clocks(some, numbers)
            cases = self._cases(some, numbers, of_row, own)
            for order in self._orders(some, cases):
                orders[order.origin_number or order.case.number] = order
            self._stays(some, cases, own)
            self._others(some, cases)
            self._record(some, cases)
            first |= {x.row: x.first for x, _h in some if x.first}
            self.told(min(len(orders), total), total)
        self._merge(rows, orders)
        self._count(rows, of_row)
        self.imported.first_number, self.imported.last_number = min(numbers.values()), max(numbers.values())
        record(
            "hotline.import",
            f"hotline.import:{self.imported.first_number}",
            by=self.by,
            data={"file": self.imported.file[:120], "rows": total},
        )

    def _numbers(self, letters: list[Letter]) -> dict[int, str]:
        """A number for each row, of the day on which the matter was received, in the order of receipt."""
        days = defaultdict(list)
        for letter in sorted(letters, key=lambda x: (x.received_at, x.row)):
            days[moment(letter.received_at).date()].append(letter.row)
        numbers: dict[int, str] = {}
        for day in sorted(days):
            taken = take_numbers(self.definition.prefix, day, len(days[day]))
            numbers |= dict(zip(days[day], taken, strict=True))
        return numbers

    def _start(self, letter: Letter, history: History, number: str) -> clocks.Start:
        limit = self.limits[letter.class_key]
        pauses = ()
        if letter.paused_at and not (history.stopped_at and history.stopped_at < letter.paused_at):
            until = letter.resumed_at or history.stopped_at
            pauses = ((letter.paused_at, until, letter.pause_reason or _("paused at the source")),)
        return clocks.Start(
            self._subject(number),
            limit.length,
            limit.unit,
            letter.received_at,
            "whole",
            letter.place and letter.place.code,
            rule=self.rule,
            pauses=pauses,
            extension=letter.extension,
            stop_at=history.stopped_at,
        )

    def _step_clocks(self, rows, numbers: dict[int, str]) -> dict[str, Clock]:
        """The clocks of the steps at which open matters stand, by number."""
        waiting = []
        for letter, history in rows:
            limit = self.definition.step(history.step).limit if not history.end else None
            if limit:
                at, kind = history.stays[-1].entered_at, f"step:{history.step}"
                subject, place = self._subject(numbers[letter.row]), letter.place and letter.place.code
                waiting.append(clocks.Start(subject, limit.length, limit.unit, at, kind, place, rule=self.rule))
        return {c.subject.partition(":")[2]: c for c in clocks.bulk_start(waiting, by=self.by)}

    @staticmethod
    def _subject(number: str) -> str:
        return f"{Case._meta.label_lower}:{number}"

    def _cases(self, rows, numbers: dict[int, str], of_row: dict[int, Clock], own: dict[str, Clock]) -> list[Case]:
        timed = [(x, h) for x, h in rows if h.has_clock]
        started = clocks.bulk_start([self._start(x, h, numbers[x.row]) for x, h in timed], by=self.by)
        of_row |= {x.row: clock for (x, _h), clock in zip(timed, started, strict=True)}
        cases = []
        for letter, history in rows:
            clock = of_row.get(letter.row)
            cases.append(
                Case(
                    number=numbers[letter.row],
                    procedure=self.procedure,
                    kind=KIND,
                    title=letter.title,
                    class_key=letter.class_key if clock or letter.dispatched_at else "",
                    source=letter.channel.key,
                    place=letter.place,
                    township=copies_of(letter.place)["township"],
                    unit=letter.unit,
                    step=history.step,
                    state=STATES[history.end],
                    outcome=history.outcome,
                    received_at=letter.received_at,
                    closed_at=history.closed_at,
                    clock=clock,
                    lamp=clock if clock and clock.is_open else own.get(numbers[letter.row]),
                )
            )
        return open_cases(cases)

    def _orders(self, rows, cases: list[Case]) -> list[Order]:
        taken_by = self.by if hasattr(self.by, "get_username") else None
        return bulk.insert(
            [
                Order(
                    case=case,
                    channel=x.channel,
                    matter=x.matter,
                    topic=x.topic,
                    text=x.text,
                    where=x.where,
                    caller_name=x.caller_name,
                    caller_phone=x.caller_phone,
                    keeps_secret=x.keeps_secret,
                    taken_by=taken_by,
                    contacted_at=x.contacted_at,
                    returns=x.returns,
                    answer=x.reply,
                    answered_at=x.answered_at,
                    at_once=x.at_once,
                    report=x.report,
                    reported_at=x.reported_at,
                    solved=x.solved,
                    satisfaction=x.satisfaction,
                    rated_at=x.called_at if x.solved or x.satisfaction else None,
                    refusal_ground=x.ground,
                    origin_number=x.number,
                )
                for (x, _h), case in zip(rows, cases, strict=True)
            ],
        )

    def _stays(self, rows, cases: list[Case], own: dict[str, Clock]) -> None:
        """Past stays as moments only; the clock of the step at which an open matter stands runs already."""
        holders = {s.key for s in self.definition.steps if s.holder == "unit"}
        stays = []
        for (_letter, history), case in zip(rows, cases, strict=True):
            dispatched = False
            for stay in history.stays:
                dispatched = dispatched or stay.step in holders
                actor = "" if not stay.left_at else str(case.unit) if stay.step in holders and case.unit else self.actor
                stays.append(
                    CaseStep(
                        case_id=case.pk,
                        step=stay.step,
                        unit_id=case.unit_id if dispatched else None,
                        entered_at=stay.entered_at,
                        left_at=stay.left_at,
                        left_by=stay.left_by,
                        actor=actor,
                        clock=None if stay.left_at else own.get(case.number),
                    )
                )
        bulk.insert(stays)

    def _others(self, rows, cases: list[Case]) -> None:
        pairs = list(zip((x for x, _h in rows), cases, strict=True))
        bulk.insert(
            [
                CallBack(
                    order=case.hotline_order,
                    at=x.called_at,
                    reached=bool(x.solved or x.satisfaction),
                    solved=x.solved,
                    satisfaction=x.satisfaction,
                    note=x.call_note,
                )
                for x, case in pairs
                if x.called_at
            ],
        )
        reason = _("extended at the source")
        bulk.insert(
            [
                Extension(
                    case=case,
                    length=x.extension,
                    reason=x.extension_reason or reason,
                    asked_at=x.received_at,
                    approved=True,
                    decided_at=x.received_at,
                )
                for x, case in pairs
                if x.extension
            ]
        )

    def _record(self, rows, cases: list[Case]) -> None:
        acts = []
        for (x, history), case in zip(rows, cases, strict=True):
            data: dict[str, object] = {
                "file": self.imported.file[:120],
                "row": x.row,
                "received": _text(x.received_at),
                "step": history.step,
            }
            for key, at in (("answered", x.answered_at), ("closed", history.closed_at)):
                if at:
                    data[key] = _text(at)
            if x.number:
                data["origin"] = x.number
            if x.unit:
                data["unit"] = x.unit.name
            acts.append(Act("hotline.take_over", case, data, place=x.place))
        record_many(acts, by=self.by)

    def _merge(self, rows, orders: dict[str, Order]) -> None:
        """Join merged matters to their first ones, of this file or of earlier ones."""
        merged, faults = [], []
        for x, _h in rows:
            if x.end != "merged":
                continue
            first = orders.get(x.first) or Order.objects.filter(channel=x.channel, origin_number=x.first).first()
            order = orders.get(x.number)
            if first is None or order is None or first.pk == order.pk or first.case.state == State.MERGED:
                text = _("The first matter %(number)s is not in the file and not here.") % {"number": x.first}
                faults.append(Fault(x.row, "", "", text))
                continue
            order.merged_into = first
            merged.append(order)
        if faults:
            raise FaultyFile(faults)
        Order.objects.bulk_update(merged, ["merged_into"], batch_size=BATCH)

    def _count(self, rows, of_row: dict[int, Clock]) -> None:
        done, outcomes, answered, in_time = self.imported, Counter(), Counter(), Counter()
        for x, history in rows:
            done.imported += 1
            setattr(done, history.end or "open", getattr(done, history.end or "open") + 1)
            if history.end:
                outcomes[history.outcome or "closed"] += 1
            clock = of_row.get(x.row)
            if clock and x.answered_at:
                answered[x.class_key] += 1
                in_time[x.class_key] += not clock.is_late
        done.outcomes, done.answered, done.in_time = dict(outcomes), dict(answered), dict(in_time)
        done.limits = {key: self.limits[key].length for key in answered}


def _text(at: datetime) -> str:
    return moment(at).strftime("%Y-%m-%d %H:%M")
