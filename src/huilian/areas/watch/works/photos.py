"""What a photograph tells of its place by itself (EXIF). Nobody is asked to switch this on."""

import io
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

GPS = 0x8825
LATITUDE, LONGITUDE = (1, 2), (3, 4)  # reference and value (EXIF 2.32, 4.6.6)


def place_of(photo: BinaryIO) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None where the picture says nothing."""
    try:
        with Image.open(photo) as picture:
            tags = picture.getexif().get_ifd(GPS)
        found = tuple(_degrees(tags.get(ref), tags.get(value)) for ref, value in (LATITUDE, LONGITUDE))
    except (UnidentifiedImageError, OSError, ValueError, TypeError, ZeroDivisionError):
        return None
    finally:
        photo.seek(0)
    latitude, longitude = found
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def _degrees(reference: str | None, value: tuple | None) -> float | None:
    if not reference or not value or len(value) != 3:
        return None
    degrees, minutes, seconds = (float(part) for part in value)
    found = degrees + minutes / 60 + seconds / 3600
    return round(-found if reference in ("S", "W") else found, 6)


SIDE = 1200  # pixels: enough to see what was built, little enough for a telephone


def public_copy(photo: BinaryIO) -> bytes:
    """The picture as everybody may see it: smaller, and without what the camera wrote into the file."""
    with Image.open(photo) as picture:
        shown = ImageOps.exif_transpose(picture).convert("RGB")
        shown.thumbnail((SIDE, SIDE))
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=78)
    return out.getvalue()
