"""Photographs of papers: the right way up, of a reasonable size, without what the camera noted."""

from io import BytesIO

import pytest
from PIL import Image

from huilian.foundation.cleaning.pictures import SIDE, plain_photo
from huilian.foundation.errors import Invalid

ORIENTATION, MAKER, GPS, QUARTER_TURN = 0x0112, 0x010F, 0x8825, 6


def photo(width: int, height: int) -> BytesIO:
    """A photograph by a telephone held upright, with the place where it was taken."""
    picture = Image.new("RGB", (width, height), "white")
    noted = picture.getexif()
    noted[ORIENTATION], noted[MAKER] = QUARTER_TURN, "Phone"
    noted.get_ifd(GPS)[1] = "N"
    kept = BytesIO()
    picture.save(kept, "JPEG", exif=noted)
    kept.seek(0)
    return kept


def test_place_and_device_are_taken_out_and_the_picture_is_turned_upright():
    plain = Image.open(plain_photo(photo(400, 300), "身份证.jpg", "jpg"))

    assert plain.size == (300, 400) and not plain.getexif() and "exif" not in plain.info


def test_a_large_photograph_is_made_smaller():
    plain = Image.open(plain_photo(photo(5200, 3900), "户口簿.jpg", "jpg"))

    assert max(plain.size) == SIDE


def test_a_photograph_that_breaks_off_is_refused():
    torn = BytesIO(photo(800, 600).getvalue()[:300])

    with pytest.raises(Invalid, match="户口簿"):
        plain_photo(torn, "户口簿.jpg", "jpg")
