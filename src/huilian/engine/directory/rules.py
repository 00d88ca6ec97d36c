"""Pure facts about statistical codes, and what a change changes."""

WIDTH = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}  # significant digits of a code by level
LONGEST = 12


def padded(code: str) -> str:
    """The 12-digit form of a code given with its significant digits only: 320722 → 320722000000."""
    return code.ljust(LONGEST, "0")


def level_of(code: str) -> int | None:
    """The level that a code's significant digits stand for, or None if it has no possible length."""
    return next((level for level, width in WIDTH.items() if len(code) == width), None)


def own_digits(code: str, level: int) -> str:
    """The digits a place adds to its parent's: two down to the county, three for townships and villages."""
    return code[WIDTH.get(level - 1, 0) : WIDTH[level]]


def changed_values(old: dict[str, object], new: dict[str, object]) -> dict[str, list[object]]:
    """What a change changes: {field: [before, after]}, for the trail."""
    return {name: [old[name], value] for name, value in new.items() if old[name] != value}
