"""Names of people and firms, made comparable. For matching only: what is shown stays as it was written."""

import re
import unicodedata

_NOISE = re.compile(r"[\s()\[\]{}<>《》〈〉【】「」『』“”\"'·•．.,，、;；:：/\\_-]+")


def norm(name: str) -> str:
    """`name` in half width and upper case, without spaces, brackets and points: "安澜 农资（个）" → "安澜农资个"."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).upper()
