"""What can be said of evaluations and penalties without asking the database."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

GRADES = ((Decimal(90), "excellent"), (Decimal(80), "good"), (Decimal(60), "pass"), (Decimal(0), "fail"))
TENTH = Decimal("0.1")


def quarter_of(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def bounds(year: int, quarter: int) -> tuple[date, date]:
    """First day of the quarter and first day after it."""
    first = date(year, 3 * quarter - 2, 1)
    return first, date(year + (quarter == 4), 1 if quarter == 4 else 3 * quarter + 1, 1)


def points(weight: int, part: int, whole: int) -> Decimal:
    """`weight` times the share `part` of `whole`, in tenths. Where nothing was to be done, nothing was done wrong."""
    if whole <= 0:
        return Decimal(weight)
    return (Decimal(weight) * part / whole).quantize(TENTH, ROUND_HALF_UP)


def grade(total: Decimal, weights: int) -> str:
    """The grade of `total` points out of `weights`, on a scale of a hundred: 90 and above, 80, 60, below."""
    of_hundred = total * 100 / weights if weights else Decimal(0)
    return next(name for least, name in GRADES if of_hundred >= least)


def is_within(amount: int, low: int, high: int) -> bool:
    """Whether a fine (cents) lies in its band; both ends belong to it."""
    return low <= amount <= high
