"""Interest of debts. Pure."""

from datetime import date

YEAR = 365
HIGHEST_RATE_BP = 2400  # a yearly rate above 24 % is refused as a slip of the pen


def interest(principal_cents: int, rate_bp: int, first: date, last: date) -> int:
    """Simple interest from `first` up to `last`, by days over a year of 365, rounded to the cent."""
    days = max(0, (last - first).days)
    return (principal_cents * rate_bp * days * 2 + 10_000 * YEAR) // (2 * 10_000 * YEAR)


def interest_of(movements: list[tuple[date, int]], rate_bp: int, upto: date) -> int:
    """Interest on a sum that was paid back in parts: `movements` are (day, change of the open sum), the first first."""
    total, still, since = 0, 0, None
    for day, change in sorted(movements):
        if day > upto:
            break
        if since is not None:
            total += interest(still, rate_bp, since, day)
        still, since = still + change, day
    return total + (interest(still, rate_bp, since, upto) if since is not None else 0)
