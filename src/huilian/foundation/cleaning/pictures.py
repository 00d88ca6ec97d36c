"""A photograph as it is kept: the right way up, small enough for any line, without what the camera noted.

Place, time and device of the camera (EXIF, XMP) are nobody's business here: 个人信息保护法 §6, no more than is needed.
"""

import logging
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from ..errors import Invalid
from ..wording import _

logging.getLogger("PIL").setLevel(logging.INFO)  # below, it writes what the camera noted into the log
SIDE = 2600  # pixels of the longer side: a page of A4 at about 220 dots to the inch, legible and printable
MOST_PIXELS = 120_000_000  # the largest cameras of telephones
QUALITY = 85
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_PNG = b"\x89PNG\r\n\x1a\n"
_PICTURE_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"}


def plain_photo(upload: BinaryIO, name: str, kind: str) -> BytesIO:
    """The picture alone. Raises Invalid when it cannot be read to its end."""
    try:
        with Image.open(upload, formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(_("“%(name)s” is far too large a picture. Take it again, smaller.", name=name))
            picture.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded no larger than needed
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE, SIDE))
            plain = upright.convert("RGB") if kind == "jpg" else upright
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as bad:
        raise Invalid(_("“%(name)s” cannot be read as a picture. Take the photograph again.", name=name)) from bad
    plain.info.clear()
    kept = BytesIO()
    plain.save(kept, FORMATS[kind], quality=QUALITY, optimize=True)
    kept.seek(0)
    return kept


def without_notes(picture: bytes) -> bytes:
    """A JPEG or PNG inside another file, its picture untouched and everything beside it gone; others as they are.

    Raises ValueError when it breaks off.
    """
    if picture.startswith(b"\xff\xd8"):
        return _jpeg(picture)
    if picture.startswith(_PNG):
        return _png(picture)
    return picture


def _jpeg(picture: bytes) -> bytes:
    kept, at = bytearray(picture[:2]), 2
    while at + 4 <= len(picture):
        if picture[at] != 0xFF:
            raise ValueError("a JPEG that breaks off")
        marker = picture[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xDA:  # the picture begins; what stands behind its end is not part of it
            end = picture.rfind(b"\xff\xd9")
            return bytes(kept + (picture[at : end + 2] if end > at else picture[at:]))
        end = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        if marker in (0xE0, 0xEE) or not (marker == 0xFE or 0xE1 <= marker <= 0xEF):  # JFIF and Adobe tell the colours
            kept += picture[at:end]
        at = end
    raise ValueError("a JPEG without a picture")


def _png(picture: bytes) -> bytes:
    kept, at = bytearray(_PNG), len(_PNG)
    while at + 12 <= len(picture):
        length, kind = int.from_bytes(picture[at : at + 4], "big"), picture[at + 4 : at + 8]
        if kind in _PICTURE_CHUNKS:
            kept += picture[at : at + 12 + length]
        at += 12 + length
        if kind == b"IEND":
            return bytes(kept)
    raise ValueError("a PNG that breaks off")
