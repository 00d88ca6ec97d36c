"""Depreciation, differences of a count, and prices of what is sold. Pure.

Fixed assets are written off in equal months over their useful life (农村集体经济组织会计制度, 财会〔2023〕14号, 第四章
固定资产): from the month after they came into use, down to the value at the end, never below it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PRICE_PERMILLE = 900  # sold below this share of the valuation: a notice (三资预警 A03)
AREA_PERMILLE = 20  # measured and certified area may differ by this share without a reason (三资预警 A04)
DEPRECIATING = frozenset({"building", "machine", "vehicle", "infrastructure", "welfare", "other"})
PUBLIC = {"infrastructure": "514-02", "welfare": "514-99"}


def month_of(day: date) -> int:
    return day.year * 100 + day.month


def months_between(first: int, last: int) -> int:
    """Months from `first` to `last`, both yyyymm, the first not counted."""
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100


def depreciation(
    *,
    month: int,
    acquired_on: date | None,
    original_cents: int,
    salvage_cents: int,
    life_months: int | None,
    depreciated_cents: int,
) -> int:
    """What one month takes off. `depreciated_cents` is what the books have taken off before that month.

    The amount of a month is the difference of rounded running sums, so that the whole life adds up to the cent. Months
    that were left out are not made up for: what is missing at the end of the life is taken off in later months.
    """
    if not life_months or acquired_on is None or original_cents <= salvage_cents:
        return 0
    age = months_between(month_of(acquired_on), month)  # the month it came is not written off
    if age < 1:
        return 0
    base = original_cents - salvage_cents
    if age > life_months:
        step = (base + life_months - 1) // life_months
    else:
        step = base * age // life_months - base * (age - 1) // life_months
    return max(0, min(step, base - depreciated_cents))


def expense_account(class_key: str, status: str) -> str:
    """Which account a month of depreciation burdens: let 511, for the public 514, for running the village 513-07."""
    return "511" if status == "let" else PUBLIC.get(class_key, "513-07")


def price_is_low(price_cents: int, valuation_cents: int | None) -> bool:
    """Whether a price lies below nine tenths of the valuation."""
    return bool(valuation_cents) and price_cents * 1000 < int(valuation_cents or 0) * PRICE_PERMILLE


def area_needs_reason(certified: Decimal | None, measured: Decimal | None, reason: str) -> bool:
    """Whether the measured area differs from the certificate by more than 2 % and nobody says why."""
    if not certified or measured is None or reason.strip():
        return False
    return abs(measured - certified) * 1000 > certified * AREA_PERMILLE


@dataclass(frozen=True)
class Difference:
    """One thing that a count found otherwise than the register has it."""

    number: str
    what: str  # missing, surplus, status, area, holder, use
    before: str
    found: str


def count_differences(before: dict[str, dict[str, str]], found: dict[str, dict[str, str]]) -> list[Difference]:
    """What differs between the register and a count, both by number; only fields that were counted are compared."""
    differences = [
        Difference(number, "missing", row.get("name", ""), "") for number, row in before.items() if number not in found
    ]
    for number, row in found.items():
        if number not in before:
            differences.append(Difference(number, "surplus", "", row.get("name", "")))
            continue
        for what, value in row.items():
            if what != "name" and value and value != before[number].get(what, ""):
                differences.append(Difference(number, what, before[number].get(what, ""), value))
    return differences
