"""A list as xlsx or csv. No text can become a formula; personal data stay masked unless the register says what for."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from huilian.engine import sheets
from huilian.engine.sheets.reading import tidy
from huilian.foundation.now import moment, now

from .columns import Shown, columns_of, with_related
from .declare import Register

MOST = 200_000
KINDS = ("date", "datetime", "integer", "number", "money")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def columns_for(register: Register) -> list[sheets.Column]:
    """The columns of the workbook."""
    return [sheets.Column(c.name, c.title, _kind(c)) for c in columns_of(register)]


def _kind(column: Shown) -> str:
    return column.kind if column.kind in KINDS and not column.label else "text"


def lines(register: Register, rows) -> Iterator[list[Any]]:
    """The rows as they are written: real dates and numbers, words for all else."""
    columns = columns_of(register)
    full = bool(register.purpose)
    kinds = [_kind(c) for c in columns]
    for row in with_related(register, rows, columns)[:MOST].iterator(chunk_size=2000):
        yield [
            c.value(row, full=full) if k in KINDS else c.words(row, full=full)
            for c, k in zip(columns, kinds, strict=True)
        ]


def note(register: Register) -> str:
    """The line under the title."""
    made = _("Made on %(at)s.") % {"at": now().strftime("%Y-%m-%d %H:%M")}
    if register.masked and register.purpose:
        return f"{made}{_('Contains personal data, given out for: %(purpose)s.') % {'purpose': register.purpose}}"
    return f"{made}{_('Personal data are masked.')}" if register.masked else made


def as_xlsx(register: Register, rows) -> tuple[BinaryIO, int]:
    """A workbook in a temporary file, and how many rows it holds. Memory does not grow with them."""
    out = TemporaryFile()  # noqa: SIM115 (the response closes it)
    count = sheets.write_to(out, columns_for(register), lines(register, rows), str(register.title), note=note(register))
    out.seek(0)
    return out, count


def as_csv(register: Register, rows) -> tuple[BinaryIO, int]:
    """The same as comma-separated text, UTF-8 with the mark that Excel needs."""
    out = TemporaryFile()  # noqa: SIM115
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([c.title for c in columns_of(register)])
    count = 0
    for line in lines(register, rows):
        writer.writerow([_cell(value) for value in line])
        count += 1
    text.flush()
    text.detach()
    out.seek(0)
    return out, count


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if not isinstance(value, str):
        return moment(value).strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value
    text = tidy(value)
    return f"'{text}" if text.startswith(FORMULA) else text
