"""What can be said of a seal's use without asking the database."""

from math import asin, cos, radians, sin, sqrt

EARTH_M = 6_371_000


def metres_between(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """Great-circle distance in whole metres (haversine; an error of 0.5 % does not matter for a fence)."""
    a, b, c, d = map(radians, (lat, lon, other_lat, other_lon))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return round(2 * EARTH_M * asin(sqrt(half)))


def plain(words: str) -> str:
    """A title as it is compared: no spaces, quotation marks and brackets."""
    return "".join(c for c in words if c not in " 　“”\"'《》〈〉()（）【】[]·、，。：:-—").casefold()


def means(title: str, words: str) -> bool:
    """Whether `title` speaks of a paper known by `words`, several ways of saying it divided by spaces. In one way,
    parts joined by + must all occur: 亲属+证明."""
    found = plain(title)
    return any(all(plain(part) in found for part in way.split("+")) for way in words.split())
