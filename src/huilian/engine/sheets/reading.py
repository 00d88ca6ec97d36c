"""Opening a spreadsheet: what it is, where its headings stand, and its rows with the numbers that Excel shows."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import python_calamine as calamine
from django.utils.translation import gettext as _

from huilian.foundation.errors import Invalid
from huilian.foundation.filetypes import kind_of

from . import guard

LOOK_FOR_HEADINGS = 20  # rows
_JUNK = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u200b\u200e\u200f\u2060\ufeff]|_x000D_")
_SPACES = re.compile(r"[\s\u00a0\u3000]+")


@dataclass(frozen=True)
class Limits:
    """How much is read at a time."""

    megabytes: int = 20
    rows: int = 100_000
    columns: int = 256
    unpacked_megabytes: int = 500


@dataclass(frozen=True)
class Sheet:
    """One table: `headings` by position and `rows`, an iterator of (row number in Excel, cells) that runs once.

    `merged` holds merged cells below the headings as (first row, last row, first column, last column), from 1;
    `marks` the cells that would be read as empty but hold an error or a formula nobody has calculated (see guard).
    """

    name: str
    kind: str
    heading_row: int
    headings: tuple[str, ...]
    rows: Iterable[tuple[int, list]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict, repr=False)


def tidy(value: object) -> str:
    """Text without invisible characters and outer spaces; line breaks inside are kept."""
    return _JUNK.sub("", str(value).replace("\r\n", "\n")).strip().strip("\u00a0\u3000")


def fold(heading: object) -> str:
    """A heading for comparison: no spaces, no marks of obligation, half-width letters, no case, no unit in brackets."""
    text = unicodedata.normalize("NFKC", tidy(heading))
    text = _SPACES.sub("", text).strip("*＊:：").casefold()
    return re.sub(r"\((必填|选填|元|万元|required|optional)\)$", "", text)


def read(
    file: BinaryIO | bytes | str | Path,
    *,
    limits: Limits = Limits(),
    known: Sequence[Sequence[str]] = (),
    sheet: str | None = None,
) -> Sheet:
    """Open an xlsx, xls, ods or csv file and find its headings.

    `known` holds, for each expected column, its heading and other names for it; the row that has most of them is the
    heading row, whatever titles stand above. Without it the first row with two or more texts is taken. `sheet` is a
    sheet's name; the first visible sheet with something in it is taken otherwise.
    Raises Invalid with one sentence when the file cannot be read as a table.
    """
    stream = _stream(file, limits)
    kind = kind_of(stream)
    _check_kind(kind)
    if kind == "text":
        return _with_headings("", "csv", _csv_rows(stream, limits), known, (), {})
    return _read_workbook(stream, kind, limits, known, sheet)


def _stream(file: BinaryIO | bytes | str | Path, limits: Limits) -> BinaryIO:
    """Rows are read later than this returns: what is opened here is read whole, and closed."""
    if isinstance(file, str | Path):
        with Path(file).open("rb") as opened:
            _check_size(opened, limits)
            return io.BytesIO(opened.read())
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    _check_size(stream, limits)
    return stream


def _check_size(stream: BinaryIO, limits: Limits) -> None:
    size = stream.seek(0, io.SEEK_END)
    if size > limits.megabytes << 20:
        raise Invalid(
            _("The file has %(size)s MB; at most %(limit)d MB are read. Delete pictures and other sheets.")
            % {"size": f"{size / (1 << 20):.1f}", "limit": limits.megabytes}
        )


def _check_kind(kind: str) -> None:
    if kind in ("xlsx", "xlsx+macros", "xls", "ods", "text"):
        return
    say = {
        "empty": _("The file is empty. Choose the file again."),
        "broken": _("The file is damaged: it cannot be unpacked. Open it in Excel or WPS, save it again, upload that."),
        "encrypted": _("The file has a password. Take the password off in Excel or WPS, save it and upload again."),
        "executable": _("This is a program, not a spreadsheet, whatever its name says. It has not been kept."),
        "script": _("This is a program, not a spreadsheet, whatever its name says. It has not been kept."),
        "html": _(
            "This is a web page with the name of a spreadsheet, as some systems export it. Open it in Excel or WPS,"
            " save it as .xlsx and upload that."
        ),
    }
    say["xml"] = say["html"]
    raise Invalid(
        say.get(kind)
        or _("This is not a spreadsheet (it looks like %(kind)s). Upload an .xlsx, .xls, .ods or .csv file.")
        % {"kind": kind}
    )


def _read_workbook(stream: BinaryIO, kind: str, limits: Limits, known, wanted: str | None) -> Sheet:
    marks: dict[str, guard.Marks] = {}
    damaged = _("The file is damaged and cannot be read. Open it in Excel or WPS, save it again as .xlsx, upload that.")
    try:
        if kind.startswith("xlsx"):
            marks = guard.check_xlsx(stream, limits)
        elif kind == "ods":
            guard.check_ods(stream, limits)
        stream.seek(0)
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
        table = _choose(book, wanted)
    except calamine.PasswordError:
        _check_kind("encrypted")
        raise
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise Invalid(damaged) from error
    if table is None or table.start is None:
        raise Invalid(_("The workbook has no sheet with anything in it."))
    left = table.start[1]
    if table.total_height > limits.rows + guard.HEADROOM:
        raise guard.too_many_rows(table.total_height, limits)
    # The reader counts empty rows above the table but leaves out empty columns before it; Excel's letters count both.
    padding = [""] * left
    rows = ((i, padding + cells if left else cells) for i, cells in enumerate(table.iter_rows(), 1))
    merged = tuple((a[0] + 1, b[0] + 1, a[1] + 1, b[1] + 1) for a, b in table.merged_cell_ranges or ())
    own = marks.get(guard.part_of(stream, table.name), {}) if any(marks.values()) else {}
    return _with_headings(table.name, kind.split("+")[0], rows, known, merged, own)


def _choose(book: calamine.CalamineWorkbook, wanted: str | None) -> calamine.CalamineSheet | None:
    shown = [
        m.name
        for m in book.sheets_metadata
        if m.visible == calamine.SheetVisibleEnum.Visible and m.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    if wanted is not None:
        if wanted not in shown:
            raise Invalid(
                _("The workbook has no sheet named “%(name)s”; it has: %(names)s.")
                % {"name": wanted, "names": "、".join(shown)}
            )
        return book.get_sheet_by_name(wanted)
    return next((t for t in map(book.get_sheet_by_name, shown) if t.start is not None), None)


def _csv_rows(stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, list]]:
    encoding = _encoding(stream)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        head = text.read(64 * 1024)
        text.seek(0)
        delimiter = _delimiter(head)
        reader = csv.reader(text, delimiter=delimiter)
        while True:
            at = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Invalid(
                    _("Line %(line)d cannot be read: a quotation mark is not closed or the line is too long.")
                    % {"line": reader.line_num}
                ) from error
            if at > limits.rows + guard.HEADROOM:
                raise guard.too_many_rows(at, limits)
            # ="0012" is how some systems keep Excel from dropping the zeros of a number.
            yield at, [c[2:-1] if c.startswith('="') and c.endswith('"') else c for c in cells[: limits.columns]]
    finally:
        text.detach()  # the caller's file stays open


def _delimiter(head: str) -> str:
    """What parts the cells: the most frequent candidate of the first line that has one. 「，」 stands in sentences too,
    so it counts only where no line has another."""
    lines = head.splitlines()[:LOOK_FOR_HEADINGS]
    for candidates in ("\t,;", "，"):
        for line in lines:
            if any(d in line for d in candidates):
                return max(candidates, key=line.count)
    return ","


def _encoding(stream: BinaryIO) -> str:
    stream.seek(0)
    head = stream.read(4)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    for encoding in candidates:
        stream.seek(0)
        text = io.TextIOWrapper(stream, encoding=encoding)
        try:
            while text.read(1 << 20):
                pass
        except UnicodeDecodeError:
            continue
        else:
            return encoding
        finally:
            text.detach()
    raise Invalid(_("The text is neither UTF-8 nor GB 18030. In Excel or WPS, save it as “CSV UTF-8” or as .xlsx."))


def _with_headings(name: str, kind: str, rows: Iterator[tuple[int, list]], known, merged, marks) -> Sheet:
    names = [frozenset(fold(n) for n in group) for group in known]
    head: list[tuple[int, list]] = []
    best = (0, -1)
    for number, cells in rows:
        head.append((number, cells))
        found = {fold(c) for c in cells if isinstance(c, str) and c}
        score = sum(1 for group in names if group & found) if names else (2 if len(found) >= 2 else 0)
        if score > best[0]:
            best = (score, len(head) - 1)
        if len(head) >= LOOK_FOR_HEADINGS or (best[0] and (not names or best[0] == len(names))):
            break
    if best[1] < 0:
        raise Invalid(_no_headings(known, head))
    at, cells = head[best[1]]
    _check_heading_merges(at, merged)
    later = head[best[1] + 1 :]

    def rest() -> Iterator[tuple[int, list]]:
        yield from later
        yield from rows

    below = tuple(m for m in merged if m[0] > at)
    return Sheet(name, kind, at, tuple(tidy(c) for c in cells), rest(), below, marks)


def _no_headings(known, head: list[tuple[int, list]]) -> str:
    if not head:
        return _("The table is empty.")
    if not known:
        return _("No row with headings was found in the first %(n)d rows.") % {"n": LOOK_FOR_HEADINGS}
    expected = "、".join(group[0] for group in known)
    seen = "、".join(tidy(c) for c in max((c for _n, c in head), key=lambda c: sum(1 for x in c if x)) if c != "")
    return _(
        "None of the expected headings stands in the first %(n)d rows. Expected: %(expected)s. Found instead: %(seen)s."
        " Download the template and copy your rows into it."
    ) % {"n": LOOK_FOR_HEADINGS, "expected": expected, "seen": seen[:200]}


def _check_heading_merges(at: int, merged) -> None:
    for first, last, left, right in merged:
        if first <= at <= last and (last > at or (left != right and first == at)):
            raise Invalid(
                _("Headings are merged (%(cells)s). Unmerge them: one row of headings, one for each column.")
                % {"cells": cells_name(first, last, left, right)},
                row=at,
            )


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cells_name(first: int, last: int, left: int, right: int) -> str:
    """A range as Excel writes it: B5:B7."""
    return f"{column_letters(left)}{first}:{column_letters(right)}{last}"
