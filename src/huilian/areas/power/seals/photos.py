"""What a photograph of a page tells without reading it: whether there is writing on it at all."""

from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 600  # pixels: enough to tell writing from paper, little enough for any machine
DARKER = 60  # grey levels below the paper's own brightness that count as ink


def ink_share(photo: BinaryIO) -> float | None:
    """The share of the inner page that is darker than the paper, 0 to 1; None if it is no picture.

    The outer tenth is left out: tables and shadows lie there. The paper's brightness is the median of the picture, so
    that a dim photograph is not all ink.
    """
    try:
        with Image.open(photo) as picture:
            grey = ImageOps.exif_transpose(picture).convert("L")
            grey.thumbnail((SIDE, SIDE))
    except (UnidentifiedImageError, OSError, ValueError):
        return None
    finally:
        photo.seek(0)
    width, height = grey.size
    counts = grey.crop((width // 10, height // 10, width - width // 10, height - height // 10)).histogram()
    total, seen, paper = sum(counts), 0, 255
    for level, count in enumerate(counts):
        seen += count
        if seen * 2 >= total:
            paper = level
            break
    return sum(counts[: max(paper - DARKER, 0)]) / total if total else None
