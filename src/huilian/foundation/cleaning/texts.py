"""Text in one encoding. Chinese computers of different years and places wrote UTF-8, GB18030, Big5 and UTF-16."""

import codecs
from io import BytesIO
from typing import BinaryIO

LEAST = 0.4  # share of characters in common use below which a text is read wrongly, not written rarely
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Lead bytes of the characters in common use: GB 2312 rows 16-55 with its signs, Big5 level 1 with its signs.
_COMMON = {
    "gb18030": (range(0xA1, 0xAA), range(0xB0, 0xD8), range(0xA1, 0xFF)),
    "big5": (range(0xA1, 0xA4), range(0xA4, 0xC7), range(0x40, 0xFF)),
}


def as_utf8(file: BinaryIO) -> BytesIO:
    """The same text in UTF-8. Raises UnicodeError where it is none, and never guesses a character."""
    raw = file.read()
    return BytesIO(raw.decode(encoding_of(raw)).encode())


def encoding_of(raw: bytes) -> str:
    """Which encoding `raw` is written in. Raises UnicodeError."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    try:
        raw.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        fit = [(share, name) for name in _COMMON if (share := _common_share(raw, name)) is not None]
        fit.sort(reverse=True)
        if not fit or fit[0][0] < LEAST or (len(fit) > 1 and fit[0][0] == fit[1][0]):
            raise UnicodeError("no known encoding") from None
        return fit[0][1]


def _common_share(raw: bytes, encoding: str) -> float | None:
    """Of the characters outside ASCII, the share in common use; None where it does not decode."""
    signs, words, trails = _COMMON[encoding]
    try:
        letters = [c for c in raw.decode(encoding) if c > "\x7f"]
    except UnicodeDecodeError:
        return None
    written = [c.encode(encoding) for c in letters]
    common = sum(len(b) == 2 and (b[0] in signs or b[0] in words) and b[1] in trails for b in written)
    return common / max(1, len(written))
