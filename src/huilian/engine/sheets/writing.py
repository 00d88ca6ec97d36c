"""Writing workbooks that open, filter and print as offices expect, and in which no text can become a formula."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from huilian.foundation.now import CHINA, now

from .columns import Column, Fault
from .reading import tidy

FONT, HEAD_COLOUR = "宋体", "#DDE7F2"
_WIDTHS = {"date": 12, "datetime": 18, "money": 15, "number": 12, "integer": 10, "yesno": 8, "code": 22}
_FORMATS = {
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "datetime": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
    "money": {"num_format": "#,##0.00", "align": "right"},
    "number": {"num_format": "General", "align": "right"},
    "integer": {"num_format": "0", "align": "right"},
    "text": {"num_format": "@", "text_wrap": True},
}
EXCEL_TEXT = 32_767  # characters in a cell
_FIRST_DAY = date(1900, 3, 1)  # Excel has no days before 1900 and a false one in February of that year

Row = Mapping[str, Any] | Sequence[Any]


def write(columns: Sequence[Column], rows: Iterable[Row], title: str = "", *, note: str = "") -> bytes:
    """A workbook as bytes. Each row is a mapping by the columns' keys or a sequence in their order.

    Title, note line, headings with filters, frozen head, borders, A4 landscape with the head on each page.
    """
    out = io.BytesIO()
    write_to(out, columns, rows, title, note=note)
    return out.getvalue()


@dataclass(frozen=True)
class Page:
    """One sheet of a workbook of several."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    note: str = ""


def write_book(pages: Iterable[Page]) -> bytes:
    """A workbook with one sheet for each page; the sheets bear the pages' titles."""
    out = io.BytesIO()
    with _workbook(out) as book:
        taken: set[str] = set()
        for page in pages:
            _Table(book, page.columns, page.title, page.note, name=_sheet_name(page.title, taken)).fill(page.rows)
    return out.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    """What Excel allows: 31 characters, none of []:*?/\\, each name once."""
    name = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:28] or "-"
    while name.lower() in taken:
        name = f"{name[:26]}~{len(taken)}"
    taken.add(name.lower())
    return name


def write_to(
    out: BinaryIO | str | Path, columns: Sequence[Column], rows: Iterable[Row], title: str = "", *, note: str = ""
) -> int:
    """Like `write`, into a file; memory stays constant however many rows there are. Returns the number of rows."""
    with _workbook(out) as book:
        return _Table(book, columns, title, note).fill(rows)


def template(columns: Sequence[Column], title: str) -> bytes:
    """An empty form for `columns`: a star where filling in is a must, hints, lists to choose from."""
    out = io.BytesIO()
    with _workbook(out) as book:
        _Table(
            book, columns, title, _("Columns with * must be filled in. Do not change the headings."), form=True
        ).fill([[column.example for column in columns]] if any(c.example for c in columns) else [])
    return out.getvalue()


def write_faults(
    headings: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]], faults: Iterable[Fault], title: str
) -> bytes:
    """The user's own rows given back, only those with faults, with their row numbers and a column that says what to do.

    `rows` are (row number, cells) as `read` gives them; the sheet has to be read again for it, since it runs once.
    """
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault)
    columns = [
        Column("row", _("row"), "integer", width=7),
        Column("faults", _("what is wrong and what to do"), width=60),
        *(Column(f"c{i}", heading, "as given") for i, heading in enumerate(headings)),
    ]
    width = len(headings)

    def lines():
        for number, cells in rows:
            if number in by_row:
                said = "\n".join(f"{f.column}：{f.message}" if f.column else f.message for f in by_row[number])
                yield [number, said, *list(cells)[:width]]

    return write(columns, lines(), title)


def _workbook(out) -> xlsxwriter.Workbook:
    # Whatever a text begins with (= + - @ tab), it is written as a text: no formula, no link, no number is guessed.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(str(out) if isinstance(out, str | Path) else out, options)
    book.set_properties({"created": now().replace(tzinfo=None)})
    return book


class _Table:
    """One sheet being written, row after row."""

    def __init__(
        self, book: xlsxwriter.Workbook, columns: Sequence[Column], title: str, note: str, form=False, name: str = ""
    ):
        self.columns, self.form = columns, form
        self.keys = [column.key for column in columns]
        self.sheet = book.add_worksheet(name or None)
        base = {"font_name": FONT, "font_size": 10, "border": 1, "valign": "vcenter"}
        self.formats = {kind: book.add_format({**base, **extra}) for kind, extra in _FORMATS.items()}
        self.text = self.formats["text"]
        self.writers = [self._writer(column) for column in columns]
        self.row = self._head(book, base, title, note)

    def _head(self, book, base, title: str, note: str) -> int:
        sheet, last = self.sheet, len(self.columns) - 1
        for at, column in enumerate(self.columns):
            wide = max(2 * len(str(column.heading)) + 4, _WIDTHS.get(column.kind, 16))
            body = self.formats.get(column.kind, self.text) if self.form else None
            sheet.set_column(at, at, column.width or min(wide, 50), body)
        row = 0
        for words, look, height in (
            (title, {"font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}, 30),
            (note, {"font_size": 10, "align": "left", "valign": "vcenter", "font_color": "#444444"}, 18),
        ):
            if words:
                form = book.add_format({"font_name": FONT, **look})
                sheet.set_row(row, height)
                if last:
                    sheet.merge_range(row, 0, row, last, "", form)
                sheet.write_string(row, 0, words, form)
                row += 1
        look = book.add_format({**base, "bold": True, "align": "center", "text_wrap": True, "bg_color": HEAD_COLOUR})
        sheet.set_row(row, 24)
        for at, column in enumerate(self.columns):
            star = "*" if self.form and column.required else ""
            sheet.write_string(row, at, f"{star}{column.heading}", look)
        self._page(row)
        if self.form:
            self._help(row)
        return row + 1

    def _page(self, head: int) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        sheet.freeze_panes(head + 1, 0)
        sheet.set_footer("&C" + _("page &P of &N"))

    def _help(self, head: int) -> None:
        for at, column in enumerate(self.columns):
            rule: dict[str, Any] = {"validate": "any"}
            words = list(column.choices)
            if words and len(",".join(words)) <= 255:  # Excel's limit
                rule = {"validate": "list", "source": words, "error_message": _("Choose from the list.")}
            if column.hint:
                rule |= {"input_title": str(column.heading)[:32], "input_message": column.hint[:255]}
            if len(rule) > 1:
                self.sheet.data_validation(head + 1, at, head + 5000, at, rule)

    def fill(self, rows: Iterable[Row]) -> int:
        first, writers, keys = self.row, self.writers, self.keys
        for row in rows:
            values = [row.get(key) for key in keys] if isinstance(row, Mapping) else row
            number = self.row
            for at, value in enumerate(values):
                writers[at](number, at, value)
            self.row = number + 1
        if self.columns:
            self.sheet.autofilter(first - 1, 0, max(self.row - 1, first - 1), len(self.columns) - 1)
        return self.row - first

    def _writer(self, column: Column):
        """The function that puts a value of this column into a cell; chosen once, since there are many rows."""
        sheet, text = self.sheet, self.text
        form = self.formats.get(column.kind, text)
        to_words = column.label or (_words(column) if column.choices else None)

        def as_text(row: int, at: int, value: Any) -> None:
            if value is None or value == "":
                sheet.write_blank(row, at, None, text)
            else:
                sheet.write_string(row, at, tidy(to_words(value) if to_words else value)[:EXCEL_TEXT], text)

        def as_number(row: int, at: int, value: Any) -> None:
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and abs(value) < 10**15:
                sheet.write_number(row, at, value, form)
            else:
                as_text(row, at, value)

        def as_day(row: int, at: int, value: Any) -> None:
            if isinstance(value, datetime):
                moment = value.astimezone(CHINA).replace(tzinfo=None) if value.tzinfo else value
                sheet.write_datetime(row, at, moment, form)
            elif isinstance(value, date) and value >= _FIRST_DAY:
                sheet.write_datetime(row, at, value, form)
            else:
                as_text(row, at, value)

        def as_yesno(row: int, at: int, value: Any) -> None:
            as_text(row, at, {True: _("yes"), False: _("no")}.get(value, value))

        def as_given(row: int, at: int, value: Any) -> None:
            """A cell of the user's own file, in the form in which it was read."""
            if isinstance(value, bool) or not isinstance(value, int | float | date):
                as_text(row, at, value)
            elif isinstance(value, date):
                kind = "datetime" if isinstance(value, datetime) and (value.hour or value.minute) else "date"
                sheet.write_datetime(row, at, value, self.formats[kind])
            else:
                sheet.write_number(row, at, value, self.formats["number"])

        return {
            "money": as_number,
            "number": as_number,
            "integer": as_number,
            "date": as_day,
            "datetime": as_day,
            "yesno": as_yesno,
            "as given": as_given,
        }.get(column.kind, as_text)


def _words(column: Column):
    words = {value: word for word, value in reversed(column.choices.items())}
    return lambda value: words.get(value, value)
