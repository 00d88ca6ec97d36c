"""The codes on reply cards and their envelopes, read from the picture of what comes back."""

import re
from typing import BinaryIO

import zxingcpp
from django.db.models import Q
from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 2400  # pixels: a code of 30 mm on A4 keeps more than three pixels a module
_CARD = re.compile(r"/c/([\w-]{16})/?$")
_ENVELOPE = re.compile(r"^(LX\d{8}-\d+)-(\d{4,})$")


def read_cards(picture: BinaryIO) -> Q:
    """Which cards lie on a photographed or scanned page: by the token of a card, by the serial of an envelope. The
    picture is kept nowhere: handwriting would tell who wrote (检举控告工作规则: handlers compare no handwriting)."""
    found = Q(pk__in=[])
    try:
        with Image.open(picture) as opened:
            grey = ImageOps.exif_transpose(opened).convert("L")
            grey.thumbnail((SIDE, SIDE))
    except (UnidentifiedImageError, OSError, ValueError):
        return found
    for code in zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode):
        if card := _CARD.search(code.text):
            found |= Q(token=card[1])
        if envelope := _ENVELOPE.match(code.text):
            found |= Q(mailing__number=envelope[1], serial=int(envelope[2]))
    return found
