"""From cells to records: columns by their headings, values by their kind, faults with row, column and what to do."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from huilian.foundation.errors import Invalid, Refused

from . import guard
from .reading import Sheet, cells_name, column_letters, fold, tidy
from .values import KINDS, as_text, check_error

KEPT_FAULTS = 5000  # more are counted, not kept: nobody reads them
_TOTALS = ("合计", "总计", "小计", "共计", "制表", "填表", "填报人", "审核人", "负责人签", "单位负责人", "注:", "说明:")


@dataclass(frozen=True)
class Column:
    """「列」 A column to read or to write.

    `kind`: text, code, date, datetime, money (yuan), number, integer, yesno, choice. `choices` maps what stands in the
    cell to the value. `check` takes the value and returns it, or raises Refused. `width` is in characters of Excel.
    `label` turns a value into what is written (for choices); `example` and `hint` stand in the template.
    """

    key: str
    heading: str
    kind: str = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    max_length: int | None = None
    check: Callable[[Any], Any] | None = None
    width: float | None = None
    label: Callable[[Any], str] | None = None
    example: str = ""
    hint: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (str(self.heading), *self.aliases)


@dataclass(frozen=True)
class Fault:
    """One thing wrong: `row` as Excel counts, the column's heading ("" for the whole row), its letter, the sentence."""

    row: int
    column: str
    letter: str
    message: str

    def __str__(self) -> str:
        where = f"{self.letter}{self.row}" if self.letter else _("row %(row)d") % {"row": self.row}
        return f"{where} {self.column}：{self.message}" if self.column else f"{where}：{self.message}"


@dataclass(frozen=True)
class Record:
    """One row that was understood: `values` by the columns' keys; a missing value is None."""

    row: int
    values: dict[str, Any]


@dataclass
class Parsed:
    """All of a sheet. `faulty` counts the rows with faults; `skipped` are (row, text) of totals and signatures."""

    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    unkept: int = 0
    skipped: list[tuple[int, str]] = field(default_factory=list)
    unknown: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.faults

    def add(self, fault: Fault) -> None:
        if len(self.faults) < KEPT_FAULTS:
            self.faults.append(fault)
        else:
            self.unkept += 1


def parse(sheet: Sheet, columns: Sequence[Column], *, unique: Sequence[str] = ()) -> Parsed:
    """Read all rows. `unique`: keys that together may occur once in the file.

    Raises Invalid when a required column is missing or a column occurs twice; all else is collected as faults.
    """
    parsed = Parsed()
    for record in records(sheet, columns, parsed, unique=unique):
        parsed.records.append(record)
    return parsed


def records(sheet: Sheet, columns: Sequence[Column], parsed: Parsed, *, unique: Sequence[str] = ()) -> Iterator[Record]:
    """Like `parse`, one record at a time for files that should not stand in memory; faults gather in `parsed`."""
    places = _places(sheet, columns, parsed)
    merged = _merged_rows(sheet, places)
    seen: dict[tuple, int] = {}
    for number, cells in sheet.rows:
        if not any(c != "" and c is not None for c in cells):
            continue
        if total := _total(cells, len(places)):
            parsed.skipped.append((number, total))
            continue
        faults, values = _one(number, cells, places, sheet)
        faults += merged.get(number, [])
        if not faults and unique:
            faults = _twice(number, values, unique, seen, places)
        if faults:
            parsed.faulty += 1
            for fault in faults:
                parsed.add(fault)
        else:
            yield Record(number, values)


def _places(sheet: Sheet, columns: Sequence[Column], parsed: Parsed) -> list[tuple[int, Column]]:
    """Which column stands where. Every heading is looked up among the columns' names."""
    by_name = {fold(name): column for column in columns for name in column.names}
    found: dict[str, int] = {}
    unknown = []
    for at, heading in enumerate(sheet.headings):
        if not heading:
            continue
        column = by_name.get(fold(heading))
        if column is None:
            unknown.append(heading)
        elif column.key in found:
            raise Invalid(
                _("The heading “%(heading)s” stands in column %(first)s and again in %(second)s. Keep one of them.")
                % {
                    "heading": column.heading,
                    "first": column_letters(found[column.key] + 1),
                    "second": column_letters(at + 1),
                },
                row=sheet.heading_row,
            )
        else:
            found[column.key] = at
    missing = [str(c.heading) for c in columns if c.required and c.key not in found]
    if missing:
        raise Invalid(
            _(
                "The headings in row %(row)d lack: %(missing)s. They have: %(seen)s."
                " Download the template and copy your rows into it."
            )
            % {
                "row": sheet.heading_row,
                "missing": "、".join(missing),
                "seen": "、".join(h for h in sheet.headings if h)[:200],
            },
            row=sheet.heading_row,
        )
    parsed.unknown = tuple(unknown)
    return [(found[c.key], c) for c in columns if c.key in found]


def _merged_rows(sheet: Sheet, places: list[tuple[int, Column]]) -> dict[int, list[Fault]]:
    """Merged cells below the headings: only the first keeps the value, the others would be read as empty."""
    used = {at + 1: column for at, column in places}
    faults: dict[int, list[Fault]] = {}
    for first, last, left, right in sheet.merged:
        column = next((used[c] for c in range(left, right + 1) if c in used), None)
        if column is None:
            continue
        message = _("The cells %(cells)s are merged. Unmerge them and fill in every row.") % {
            "cells": cells_name(first, last, left, right)
        }
        faults.setdefault(first, []).append(Fault(first, str(column.heading), column_letters(left), message))
    return faults


def _total(cells: list, expected: int) -> str:
    """The text of a row of totals or signatures under the table, or "". Half-filled at most, so no record is lost."""
    filled = [c for c in cells if c != "" and c is not None]
    start = next((tidy(c).replace("：", ":").replace(" ", "") for c in filled if isinstance(c, str)), "")
    first = filled[0]
    if isinstance(first, str) and start.startswith(_TOTALS) and len(filled) <= max(2, expected // 2 + 1):
        return tidy(first)
    return ""


def _one(number: int, cells: list, places, sheet: Sheet) -> tuple[list[Fault], dict[str, Any]]:
    faults, values = [], {}
    for at, column in places:
        cell = cells[at] if at < len(cells) else ""
        try:
            if cell == "" and (number, at + 1) in sheet.marks:
                _refuse_mark(sheet.marks[number, at + 1])
            values[column.key] = _value(cell, column)
        except Refused as refusal:
            faults.append(Fault(number, str(column.heading), column_letters(at + 1), str(refusal)))
    return faults, values


def _refuse_mark(mark: str) -> None:
    if mark != guard.UNCOUNTED:
        check_error(mark)
    raise Invalid(_("The formula in this cell has never been calculated. Open the file in Excel or WPS and save it."))


def _value(cell: object, column: Column) -> Any:
    if cell is None or (isinstance(cell, str) and not tidy(cell)):
        if column.required:
            raise Invalid(_("This must be filled in."))
        return None
    check_error(cell)
    value: Any = _choice(cell, column) if column.kind == "choice" else KINDS[column.kind](cell)
    if column.max_length and isinstance(value, str) and len(value) > column.max_length:
        raise Invalid(
            _("This has %(length)d characters; at most %(limit)d are kept. Shorten it.")
            % {"length": len(value), "limit": column.max_length}
        )
    return column.check(value) if column.check else value


def _choice(cell: object, column: Column) -> Any:
    text = as_text(cell)
    for word, value in column.choices.items():
        if fold(word) == fold(text):
            return value
    words = list(column.choices)
    shown = "、".join(words[:12]) + ("……" if len(words) > 12 else "")
    raise Invalid(_("“%(value)s” is not one of: %(words)s.") % {"value": text[:40], "words": shown})


def _twice(number: int, values, unique: Sequence[str], seen: dict[tuple, int], places) -> list[Fault]:
    key = tuple(values.get(k) for k in unique)
    if all(k is None for k in key):
        return []
    before = seen.setdefault(key, number)
    if before == number:
        return []
    at, column = next(p for p in places if p[1].key == unique[0])
    message = _("The same as row %(row)d. Delete one of the two.") % {"row": before}
    return [Fault(number, str(column.heading), column_letters(at + 1), message)]


def known(columns: Iterable[Column]) -> list[tuple[str, ...]]:
    """What `read(known=…)` wants to find the headings."""
    return [column.names for column in columns]
