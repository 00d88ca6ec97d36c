"""Limits of money that a county sets, and the marks a voucher needs. Amounts in cents.

Source: 农村集体经济组织财务制度 (财农〔2021〕121号); the amounts are each county's own and stand in `Limit`, dated.
"""

from dataclasses import dataclass

REVIEWED, APPROVED, STAMPED, DECIDED = "reviewed", "approved", "stamped", "decided"
SMALLEST_REASON = 4  # characters


@dataclass(frozen=True, slots=True)
class Limits:
    """What applies to one set of books on one day; 0 means no limit."""

    cash: int = 0  # most cash kept overnight
    cash_payment: int = 0  # most paid in cash at once
    decision: int = 0  # spending above it needs a decision
    exchange: int = 0  # a contract above it is traded in the open
    reserve: int = 0  # least share of a year's income that is kept back, per thousand


@dataclass(frozen=True, slots=True)
class Tier:
    """Up to which amount (None: any) who agrees."""

    key: str
    up_to: int | None
    needs_decision: bool
    needs_township: bool


def tier_of(amount: int, tiers: list[Tier]) -> Tier | None:
    """The lowest tier that still covers `amount`; None when no tier was ever set."""
    fitting = [t for t in tiers if t.up_to is None or amount <= t.up_to]
    return min(fitting, key=lambda t: (t.up_to is None, t.up_to or 0), default=None)


def marks_needed(kind: str, tier: Tier | None) -> tuple[str, ...]:
    """What must stand on a voucher before it is posted: only money that leaves needs more than a reviewer."""
    if kind != "payment":
        return (REVIEWED,)
    return (REVIEWED, APPROVED, STAMPED, DECIDED) if tier and tier.needs_decision else (REVIEWED, APPROVED, STAMPED)
