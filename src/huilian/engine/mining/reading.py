"""Opening an event log, whatever it is written in: XES (plain or gzip), CSV, or a workbook."""

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import BinaryIO

from huilian.foundation.errors import Invalid
from huilian.foundation.wording import _

from . import tabular, xes
from .log import EventLog

PORTION = 4 << 20
UNPACKED = 16 << 30  # bytes; a packed file may not grow without end
_ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


def read(file: BinaryIO | Path | str, *, columns: Mapping[str, str] | None = None, **how) -> EventLog:
    """The log in `file`. `how` goes to `xes.Reader`; for a table `columns` names the headings (see `tabular.read`).

    Raises Invalid with one sentence that says where; then nothing was read.
    """
    with Path(file).open("rb") if isinstance(file, Path | str) else nullcontext(file) as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = gzip.GzipFile(fileobj=raw) if packed else raw
        try:
            head = stream.read(4096)
            stream.seek(0)
            if _plain(head).lstrip().startswith(b"<"):
                return xes.Reader(**how).read(_utf8(_portions(stream), head)).completed()
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise Invalid(_("The packed file is damaged or was cut off. Fetch it again; nothing was read.")) from None
        if packed:
            raise Invalid(_("In the packed file is no XES log. Unpack a table before it is given."))
        names = {name: how[name] for name in ("zone", "limit") if name in how}
        return tabular.read(raw, columns=columns, **names)


def _portions(stream: BinaryIO) -> Iterator[bytes]:
    total = 0
    for portion in iter(partial(stream.read, PORTION), b""):
        total += len(portion)
        if total > UNPACKED:
            raise Invalid(_("Unpacked the file is larger than %(gb)s GB; it was not read.", gb=UNPACKED >> 30))
        yield portion


def _plain(head: bytes) -> bytes:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "ignore").encode()
    return head


def _utf8(portions: Iterator[bytes], head: bytes) -> Iterator[bytes]:
    """The same text in UTF-8, whatever encoding the file declares."""
    declared = _ENCODING.search(_plain(head))
    name = declared.group(1).decode() if declared else "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    try:
        encoding = {"gbk": "gb18030", "gb2312": "gb18030"}.get(codecs.lookup(name).name, codecs.lookup(name).name)
    except LookupError:
        raise Invalid(_("The file says it is written in “%(name)s”, which is not known here.", name=name)) from None
    if encoding in ("utf-8", "ascii"):
        yield from portions
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for portion in portions:
            yield decoder.decode(portion).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError:
        raise Invalid(_("The file says it is written in “%(name)s”, but it is not.", name=name)) from None
