"""The lines of an item from a spreadsheet, and the empty spreadsheet of a template."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from huilian.engine.look.text import say
from huilian.engine.sheets import Column, parse, read, template
from huilian.foundation.errors import Invalid
from huilian.foundation.money import cents

from . import rules

KINDS = {rules.MONEY: "money", rules.DATE: "date", rules.CODE: "code", rules.PHONE: "code"}


def _columns(columns: Sequence[Mapping]) -> list[Column]:
    return [
        Column(c["key"], say(c), KINDS.get(c.get("kind", ""), "text"), aliases=(c["zh"], c.get("en", ""), c["key"]))
        for c in columns
    ]


def read_rows(file: BinaryIO, columns: Sequence[Mapping]) -> list[list]:
    """Rows in the order of the template. Raises Invalid with the first fault, its cell and how many there are."""
    wanted = _columns(columns)
    parsed = parse(read(file, known=[c.names for c in wanted]), wanted)
    if parsed.faults:
        raise Invalid("；".join(str(fault) for fault in parsed.faults[:5]), row=parsed.faults[0].row, field="file")
    return [[_plain(c, record.values.get(c["key"])) for c in columns] for record in parsed.records]


def _plain(column: Mapping, value):
    kind = column.get("kind", rules.TEXT)
    if kind == rules.MONEY:
        return None if value is None else cents(value)
    if value is None:
        return ""
    return value.isoformat() if kind == rules.DATE else str(value)


def blank(columns: Sequence[Mapping], title: str) -> bytes:
    """A workbook with the headings, to be filled in."""
    return template(_columns(columns), title)
