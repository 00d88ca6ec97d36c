"""When how much falls due under a contract. Pure: dates and cents in, lines out, and the lines add up to the cent.

Periods run from the day of payment to the day of payment; where it is not the first day of the contract, the first
period is a part of one, and so is the last where the contract does not end with one. A part is reckoned by days.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from huilian.foundation.errors import Invalid
from huilian.foundation.wording import _

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
LONGEST_YEARS = 100
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One payment: `amount_cents` for the days from `covers_from` up to and with `covers_to`, due on `due_on`."""

    position: int
    due_on: date
    covers_from: date
    covers_to: date
    amount_cents: int


def schedule(
    *,
    starts_on: date,
    ends_on: date,
    cycle: str,
    yearly_cents: int,
    rise_permille: int = 0,
    pay_day: str = "",
    total_cents: int | None = None,
    priced_from: date | None = None,
) -> list[Line]:
    """The lines of a contract. `pay_day` is "MM-DD", or empty for the day it starts.

    The amount of a year rises by `rise_permille` with each whole year since `priced_from` (the start, unless a later
    agreement set the amount anew), each time on the risen amount.
    `total_cents` is the whole amount where the contract names one; the lines then share it in the same proportions.
    Raises Invalid.
    """
    if ends_on < starts_on:
        raise Invalid(
            _(
                "The contract ends on %(end)s, before it starts on %(start)s. Check both days.",
                end=ends_on,
                start=starts_on,
            ),
            field="ends_on",
        )
    if ends_on.year - starts_on.year > LONGEST_YEARS:
        raise Invalid(
            _("A contract over more than %(n)s years cannot be right. Check the days.", n=LONGEST_YEARS),
            field="ends_on",
        )
    if yearly_cents < 0 or (total_cents or 0) < 0:
        raise Invalid(_("An amount of a contract is not below zero."), field="yearly_cents")
    first, since = _payment_day(starts_on, pay_day), priced_from or starts_on
    if cycle == "once":
        worth = _worth(starts_on, ends_on, yearly_cents, rise_permille, since)
        whole = _round(worth) if total_cents is None else total_cents
        due = first if first <= ends_on else starts_on
        return [Line(1, due, starts_on, ends_on, whole)] if whole else []
    if cycle not in MONTHS:
        raise Invalid(_("“%(cycle)s” is not a way of paying.", cycle=cycle), field="cycle")
    periods = _periods(starts_on, ends_on, first, MONTHS[cycle])
    shares = [_share(a, b, full, yearly_cents, rise_permille, since, cycle) for a, b, full in periods]
    exact = sum(shares, Fraction(0))
    agreed = exact if total_cents is None else Fraction(total_cents)
    if not agreed:
        return []
    if not exact:
        shares, exact = [Fraction(1)] * len(shares), Fraction(len(shares))
    return _lines(periods, [share * agreed / exact for share in shares])


def months_after(day: date, n: int) -> date:
    """`n` months after `day`; in a shorter month its last day."""
    index = day.year * 12 + day.month - 1 + n
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_years(since: date, day: date) -> int:
    """Whole years from `since` to `day`."""
    n = day.year - since.year
    return n if months_after(since, 12 * n) <= day else n - 1


def check_pay_day(text: str) -> str:
    """ "MM-DD" as it is kept, or "". Raises Invalid."""
    text = text.strip()
    if not text:
        return ""
    try:
        month, day = (int(part) for part in text.replace("/", "-").replace("月", "-").rstrip("日").split("-"))
        return f"{date(2024, month, day):%m-%d}"
    except ValueError:
        raise Invalid(
            _("“%(text)s” is not a day of a year. Write month and day, such as 03-15.", text=text), field="pay_day"
        ) from None


def _payment_day(starts_on: date, pay_day: str) -> date:
    """The first day of payment on or after the start."""
    pay_day = check_pay_day(pay_day)
    if not pay_day:
        return starts_on
    month, day = (int(part) for part in pay_day.split("-"))
    for year in (starts_on.year, starts_on.year + 1):
        found = date(year, month, min(day, monthrange(year, month)[1]))
        if found >= starts_on:
            return found
    raise AssertionError("a day of payment comes within a year")


def _periods(starts_on: date, ends_on: date, first: date, months: int) -> list[tuple[date, date, int]]:
    """(from, up to, days of the whole period) without a gap from the first to the last day of the contract."""
    n = 0
    while months_after(first, (n - 1) * months) > starts_on:  # paid more than once a year: begin near the start
        n -= 1
    found, begins = [], starts_on
    while begins <= ends_on:
        edge, last = months_after(first, n * months), months_after(first, (n - 1) * months)
        if edge > begins:
            found.append((begins, min(edge - DAY, ends_on), (edge - last).days))
            begins = edge
        n += 1
    return found


def _share(a: date, b: date, full: int, yearly: int, rise: int, since: date, cycle: str) -> Fraction:
    return _risen(yearly, rise, full_years(since, a)) * MONTHS[cycle] / 12 * Fraction((b - a).days + 1, full)


def _worth(starts_on: date, ends_on: date, yearly: int, rise: int, since: date) -> Fraction:
    """The exact worth of the whole time, year by year, with the rest by days."""
    periods = _periods(starts_on, ends_on, starts_on, 12)
    return sum((_share(a, b, full, yearly, rise, since, "year") for a, b, full in periods), Fraction(0))


def _risen(yearly: int, permille: int, years: int) -> Fraction:
    return Fraction(yearly) * (1 + Fraction(permille, 1000)) ** years


def _round(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2) if exact >= 0 else exact - Fraction(1, 2))


def _lines(periods: list[tuple[date, date, int]], shares: list[Fraction]) -> list[Line]:
    """Amounts are differences of rounded running sums: none is off by more than a cent, and together they are whole."""
    lines, so_far, running = [], 0, Fraction(0)
    for position, ((a, b, _full), share) in enumerate(zip(periods, shares, strict=True), 1):
        running += share
        lines.append(Line(position, a, a, b, _round(running) - so_far))
        so_far = _round(running)
    return lines
