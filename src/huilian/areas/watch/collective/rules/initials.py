"""The first letters of a Chinese name in pinyin, so that 租赁收入 is found by typing zlsr.

The 3,755 common characters of GB 2312-1980 stand in the order of their pinyin; the first character of each letter is
known, so no dictionary is needed. Rarer characters give nothing, and of several readings the one GB 2312 sorts by.
"""

from bisect import bisect_right

_FIRST = (  # code of the first character of each letter; i, u and v begin no syllable
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_CODES = [code for code, _letter in _FIRST]
_LAST = 0xD7F9


def initials(name: str) -> str:
    """租赁收入 -> zlsr. Letters and digits stay; anything else is left out."""
    return "".join(_initial(ch) for ch in name)


def _initial(ch: str) -> str:
    if ch.isascii():
        return ch.lower() if ch.isalnum() else ""
    try:
        code = int.from_bytes(ch.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _CODES[0] <= code <= _LAST:
        return ""
    return _FIRST[bisect_right(_CODES, code) - 1][1]
