"""Looks through a packed spreadsheet before it is opened, so that a small file cannot become gigabytes in memory.

Two traps: a zip whose parts unpack to far more than they weigh, and a single cell far away (XFD1048576), for which a
reader would lay out the whole rectangle.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from huilian.foundation.errors import Invalid

CHUNK = 1 << 20
OVERLAP = 4096  # longer than any tag we look for
# Cells that hold something and stand beyond column Z or row 99,999; the others cannot be beyond the limits.
_FAR = re.compile(rb"""\br\s*=\s*["'](?:([A-Z]{2,3})(\d+)|([A-Z])(\d{6,7}))["'][^>]*?(?<!/)>(?!</c>)""")
_UNCOUNTED = re.compile(rb"""\br="([A-Z]+)(\d+)"[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>""")
_ERROR = re.compile(rb"""<c\b([^>]*\bt="e"[^>]*)>(?:<f[^>]*(?:/>|>[^<]*</f>))?<v>([^<]{1,20})</v>""")
_PLACE = re.compile(rb"""\br="([A-Z]+)(\d+)\"""")
UNCOUNTED = ""  # the mark of a formula that no program has calculated
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"


def column_number(letters: bytes | str) -> int:
    """A → 1, Z → 26, AA → 27."""
    text = letters.decode() if isinstance(letters, bytes) else letters
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number


Marks = dict[tuple[int, int], str]  # (row, column) to UNCOUNTED or Excel's error, such as #N/A


def check_xlsx(file: BinaryIO, limits) -> dict[str, Marks]:
    """Refuse what would not fit; return, for each sheet's part, the cells whose value would be read as empty."""
    found: dict[str, Marks] = {}
    with zipfile.ZipFile(file) as archive:
        left = _announced(archive, limits)
        for part in archive.infolist():
            if not part.filename.startswith("xl/") or not part.filename.endswith(".xml"):
                continue
            marks = found.setdefault(part.filename, {}) if part.filename.startswith("xl/worksheets/") else None
            for piece in _pieces(archive, part):
                left -= len(piece) - OVERLAP
                if left < 0:
                    raise _too_large()
                if marks is not None:
                    _look_through(piece, marks, limits)
    file.seek(0)
    return found


def _look_through(piece: bytes, marks: Marks, limits) -> None:
    for two, row, one, far_row in _FAR.findall(piece):
        _check_extent(int(row or far_row), column_number(two or one), limits)
    if b"<f" in piece:
        marks |= {(int(row), column_number(c)): UNCOUNTED for c, row in _UNCOUNTED.findall(piece)}
    if b't="e"' in piece:
        for cell, error in _ERROR.findall(piece):
            if place := _PLACE.search(cell):
                marks[int(place[2]), column_number(place[1])] = error.decode(errors="replace")


def part_of(file: BinaryIO, sheet: str) -> str:
    """The part of the package that holds the sheet of this name, such as xl/worksheets/sheet1.xml; "" if unclear."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    with zipfile.ZipFile(file) as archive:
        try:
            book = etree.fromstring(archive.read("xl/workbook.xml"), _parser())
            targets = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), _parser())
        except (KeyError, etree.XMLSyntaxError):
            return ""
    wanted = next((n.get(relation) for n in book.iter("{*}sheet") if n.get("name") == sheet), None)
    target = next((n.get("Target") for n in targets if n.get("Id") == wanted), None) or ""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def check_ods(file: BinaryIO, limits) -> None:
    """Refuse an OpenDocument sheet whose repeated cells would not fit."""
    with zipfile.ZipFile(file) as archive:
        _announced(archive, limits)
        rows = columns = width = 0
        filled = False
        with archive.open("content.xml") as content:
            for _event, node in etree.iterparse(content, resolve_entities=False, no_network=True):
                if node.tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                    width += int(node.get(_TABLE + "number-columns-repeated", 1))
                    if node.get(_OFFICE_TYPE):
                        filled, columns = True, max(columns, width)
                elif node.tag == _TABLE + "table-row":
                    if filled:
                        rows += int(node.get(_TABLE + "number-rows-repeated", 1))
                    width, filled = 0, False
                    _check_extent(rows, columns, limits)
                    node.clear()
                    while node.getprevious() is not None:
                        del node.getparent()[0]
                elif node.tag == _TABLE + "table":
                    rows = columns = 0
    file.seek(0)


def _announced(archive: zipfile.ZipFile, limits) -> int:
    allowed = limits.unpacked_megabytes << 20
    if len(archive.infolist()) > 2000 or sum(part.file_size for part in archive.infolist()) > allowed:
        raise _too_large()
    return allowed


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part unpacked piece by piece; each begins with the end of the one before, so no tag is missed."""
    tail = b" " * OVERLAP
    with archive.open(part) as stream:
        while block := stream.read(CHUNK):
            piece = tail + block
            yield piece
            tail = piece[-OVERLAP:]


def _check_extent(rows: int, columns: int, limits) -> None:
    if columns > limits.columns:
        raise Invalid(
            _(
                "The sheet has something in column %(column)d; at most %(limit)d columns are read."
                " Delete what stands far to the right, then save and upload again."
            )
            % {"column": columns, "limit": limits.columns}
        )
    if rows > limits.rows + HEADROOM:
        raise too_many_rows(rows, limits)


HEADROOM = 60  # title, headings, totals and signatures around the rows


def too_many_rows(rows: int, limits) -> Invalid:
    return Invalid(
        _(
            "The sheet reaches down to row %(rows)s; at most %(limit)s rows are read at a time."
            " Split it into several files, or delete what stands far below."
        )
        % {"rows": f"{rows:,}", "limit": f"{limits.rows:,}"}
    )


def _too_large() -> Invalid:
    return Invalid(
        _(
            "Unpacked, this file would be far larger than a table is. Copy the table into a new workbook, values only,"
            " and upload that."
        )
    )
