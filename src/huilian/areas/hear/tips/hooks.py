"""Where flows put themselves: ways on from the page of a tip."""

from collections.abc import Callable

onward: list[Callable] = []  # (tip, user) → (label, address), or None where there is no such way
