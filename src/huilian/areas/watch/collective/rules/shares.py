"""Who gets how much of a year's income. Pure.

Order: losses of earlier years, the reserve, the members by their shares (财农〔2021〕121号; 农村集体经济组织法, in
force 2025-05-01). The share that must go to the reserve is the county's (`Limit`, dated): no higher rule names one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huilian.foundation.errors import Invalid
from huilian.foundation.wording import _

SHOWN_DAYS = 10  # the plan lies open to the members ten days before they meet (农村集体经济组织法)


@dataclass(frozen=True)
class Plan:
    """The distribution of one year, in cents. `members_cents` is the sum of `amounts`."""

    available_cents: int
    reserve_cents: int
    members_cents: int
    amounts: tuple[int, ...]


def largest_remainder(total: int, weights: Sequence[Decimal]) -> list[int]:
    """`total` cents shared in proportion to `weights`, every cent given away; nobody is more than a cent off."""
    whole = sum(weights, Decimal(0))
    if total < 0 or any(w < 0 for w in weights) or (total and not whole):
        raise Invalid(_("Nothing can be shared out: there are no shares."))
    if not total:
        return [0] * len(weights)
    exact = [(Decimal(total) * w / whole) for w in weights]
    given = [int(e) for e in exact]
    by_rest = sorted(range(len(weights)), key=lambda i: (given[i] - exact[i], i))
    for i in by_rest[: total - sum(given)]:
        given[i] += 1
    return given


def plan(
    *,
    net_income_cents: int,
    carried_cents: int,
    shares: Sequence[Decimal],
    least_permille: int,
    reserve_permille: int | None = None,
    members_cents: int | None = None,
) -> Plan:
    """The plan of a year. `carried_cents` is what earlier years left over, negative for a loss. `reserve_permille` is
    what the members put into the reserve, else the least share.

    `members_cents` is what the members are to get where it is decided; else everything after the reserve. Raises
    Invalid when there is nothing to distribute, the reserve is too small, or more is given than there is.
    """
    if reserve_permille is None:
        reserve_permille = least_permille
    if not least_permille <= reserve_permille <= 1000:
        raise Invalid(
            _(
                "At least %(least)s per thousand of the income goes to the reserve here, and at most all of it.",
                least=least_permille,
            ),
            field="reserve_permille",
        )
    available = net_income_cents + min(carried_cents, 0)
    if available <= 0:
        raise Invalid(_("There is nothing to distribute: losses come first, and they are not covered yet."))
    reserve = -(-available * reserve_permille // 1000)
    rest = available - reserve + max(carried_cents, 0)
    given = rest if members_cents is None else members_cents
    if not 0 <= given <= rest:
        raise Invalid(
            _("At most %(most)s yuan may go to the members this year.", most=f"{Decimal(rest) / 100:,.2f}"),
            field="members_cents",
        )
    amounts = largest_remainder(given, shares)
    return Plan(available, reserve, given, tuple(amounts))


def shown_long_enough(shown_from: date | None, decided_on: date) -> bool:
    """Whether the members could read the plan for ten days before they decided."""
    return shown_from is not None and (decided_on - shown_from).days >= SHOWN_DAYS
