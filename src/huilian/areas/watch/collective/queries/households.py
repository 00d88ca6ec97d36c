"""What one household may see of itself: its members, its shares, what it was paid. Asked for by people without account.

The household's number alone opens nothing: the name of a member and the last four characters of that member's identity
number must fit, both of the same person on the roll. Whoever puts this on a page limits how often it may be tried.
"""

import hmac
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..models import AccountSet, Distribution, DistributionRow, Member, Share


@dataclass(frozen=True)
class HouseholdPayment:
    """One year's share of the income; `paid_on` empty while it has not been paid."""

    year: int
    shares: Decimal
    amount_cents: int
    paid_on: date | None
    decision_no: str


@dataclass(frozen=True)
class Household:
    """What stands on the roll for one household."""

    number: str
    members: list[str]
    shares: list[tuple[str, Decimal]]
    payments: list[HouseholdPayment]


def household_view(set_: AccountSet, household: str, tail: str, *, name: str) -> Household | None:
    """The household, for somebody who names a member of it and the last four characters of that member's number.

    None when they do not fit, whatever the reason; nothing tells which part was wrong.
    """
    roll = list(Member.objects.filter(set=set_, household=household.strip(), left_on=None))
    given = tail.strip().upper()
    fits = [
        m
        for m in roll
        if m.identity_tail and m.name == name.strip() and hmac.compare_digest(m.identity_tail.encode(), given.encode())
    ]
    if not fits:
        return None
    number = fits[0].household
    shares = Share.objects.filter(set=set_, household=number, shares__gt=0).order_by("kind")
    rows = DistributionRow.objects.filter(distribution__set=set_, household=number).exclude(
        distribution__state=Distribution.State.DRAFT
    )
    return Household(
        number,
        [m.name for m in roll],
        [(s.kind, s.shares) for s in shares],
        [
            HouseholdPayment(r.distribution.year, r.shares, r.amount_cents, r.paid_on, r.distribution.decision_no)
            for r in rows.select_related("distribution").order_by("-distribution__year")
        ],
    )
