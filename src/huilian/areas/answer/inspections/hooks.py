"""Where flows put themselves: figures of other areas by township, for the three zeros and for meetings."""

from collections.abc import Callable, Mapping
from datetime import date

Counts = Mapping[int, int | None]  # township (pk) → how many; None for "some, but hidden because few"
figures: list[tuple[str, Callable[[date, date], Counts]]] = []  # (key of the measure, first and last day → counts)
