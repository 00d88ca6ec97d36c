"""A photograph of a paper as it is kept: the right way up, small enough for any line, without what the camera noted.

Place, time and device of the camera (EXIF, XMP) are nobody's business here: 个人信息保护法 §6, no more than is needed.
"""

from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from huilian.foundation.errors import Invalid

SIDE = 2600  # pixels of the longer side: a page of A4 at about 220 dots to the inch, legible and printable
MOST_PIXELS = 120_000_000  # the largest cameras of telephones
QUALITY = 85
FORMATS = {"jpg": "JPEG", "png": "PNG"}


def plain_photo(upload: BinaryIO, name: str, kind: str) -> BinaryIO:
    """The picture alone. Raises Invalid when it cannot be read to its end."""
    try:
        with Image.open(upload, formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid(_("“%(name)s” is far too large a picture. Take it again, smaller.") % {"name": name})
            picture.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded no larger than needed
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE, SIDE))
            plain = upright.convert("RGB") if kind == "jpg" else upright
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as bad:
        raise Invalid(_("“%(name)s” cannot be read as a picture. Take the photograph again.") % {"name": name}) from bad
    plain.info.clear()
    kept = BytesIO()
    plain.save(kept, FORMATS[kind], quality=QUALITY, optimize=True)
    kept.seek(0)
    return kept
