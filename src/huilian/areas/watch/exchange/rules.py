"""Periods, prices, priority and marks of trading: pure functions over plain values.

Prices are cents. On boards that sell the highest price wins, on boards that buy the lowest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from statistics import mean

from huilian.foundation.workdays import WorkCalendar, period_end

CLOSES = time(17, 0)  # registration ends with the office day
OPENS = time(9, 0)
TRIMMED_FROM = 5  # of so many marks the highest and the lowest are left out
PRICE_POINTS = 40  # of a tender's hundred points; the others are the experts'
MOST_POINTS: Mapping[str, int] = {"plan": 30, "record": 15, "team": 15}


@dataclass(frozen=True)
class Span:
    """A period as the county's table gives it, with what it holds for."""

    length: int
    unit: str
    method: str = ""
    right: str = ""
    from_cents: int = 0

    def end(self, start: date, calendar: WorkCalendar) -> date:
        """Last day of the period when its event fell on `start`."""
        return period_end(self.unit, start, self.length, calendar)


def span_for(spans: Iterable[Span], *, method: str, right: str, cents: int) -> Span | None:
    """The period that holds for a lot: among those that apply the most particular, then the one for larger sums."""
    fitting = [s for s in spans if s.method in ("", method) and s.right in ("", right) and s.from_cents <= cents]
    return max(fitting, key=lambda s: (bool(s.right), bool(s.method), s.from_cents), default=None)


def closing(last_day: date, zone: tzinfo) -> datetime:
    """The moment at which registration ends on its last day."""
    return datetime.combine(last_day, CLOSES, tzinfo=zone)


@dataclass(frozen=True)
class Price:
    """One bidder's best price with what decides between equals."""

    key: int
    cents: int
    priority: int
    at: datetime


def ranked(prices: Iterable[Price], *, buys: bool) -> list[Price]:
    """Best first: price, then priority, then the earlier one (facts §5.2)."""
    return sorted(prices, key=lambda p: (p.cents if buys else -p.cents, -p.priority, p.at, p.key))


def reaches(cents: int, limit: int, *, buys: bool) -> bool:
    """Whether a price keeps to the starting price (sale) or the ceiling (purchase)."""
    return cents <= limit if buys else cents >= limit


def gain_permille(cents: int, start: int, *, buys: bool) -> int:
    """「溢价率／节约率」 How much better than the starting price, per thousand of it; negative if worse."""
    return ((start - cents) if buys else (cents - start)) * 1000 // start if start else 0


def expert_points(marks: Mapping[str, Sequence[Decimal]]) -> Decimal:
    """Points of one bidder from each expert's total; with five or more the highest and lowest are left out."""
    totals = sorted(sum(points, Decimal(0)) for points in marks.values())
    if len(totals) >= TRIMMED_FROM:
        totals = totals[1:-1]
    return Decimal(mean(totals)).quantize(Decimal("0.01")) if totals else Decimal(0)


def price_points(cents: int, best: int) -> Decimal:
    """Points for the price: the lowest valid one has all, others by their share (财政部令第87号 §55)."""
    return (Decimal(best) / Decimal(cents) * PRICE_POINTS).quantize(Decimal("0.01")) if cents else Decimal(0)


def term_ends(start: date, months: int) -> date:
    """Last day of a term of `months` that begins on `start`."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, day) - timedelta(days=1)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
