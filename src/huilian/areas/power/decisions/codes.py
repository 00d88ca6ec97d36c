"""The code on a signing sheet: written when it is printed, read from the picture that comes back."""

import re
from dataclasses import dataclass
from typing import BinaryIO

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 2400  # pixels: a QR code of 25 mm on A4 keeps more than three pixels a module
_CODE = re.compile(r"meeting/(HY\d{8}-\d{4,})/\?page=(\d{1,3})$")


@dataclass(frozen=True)
class SheetCode:
    """Which page of which meeting's signing sheet."""

    number: str
    page: int


def written(address: str, page: int) -> str:
    """What the code of a page says: the meeting's own address, so that a telephone leads there too."""
    return f"{address}?page={page}"


def understood(text: str) -> SheetCode | None:
    found = _CODE.search(text)
    return SheetCode(found[1], int(found[2])) if found else None


def read_sheet(picture: BinaryIO) -> SheetCode | None:
    """The code on a photographed or scanned sheet; None where there is none, or the file is no picture."""
    try:
        with Image.open(picture) as opened:
            grey = ImageOps.exif_transpose(opened).convert("L")
            grey.thumbnail((SIDE, SIDE))
    except (UnidentifiedImageError, OSError, ValueError):
        return None
    finally:
        picture.seek(0)
    for code in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode):
        if found := understood(code.text):
            return found
    return None
