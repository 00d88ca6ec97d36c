"""What stops a payment before it is agreed to, and what whoever agrees must be told first. Amounts in cents.

Source: 农村集体经济组织财务制度 (财农〔2021〕121号); the amounts are each county's own (`Limit`, `ApprovalTier`). The
same facts are screened again over all books every night: what is blocked here never becomes an alert there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from huilian.foundation.errors import Invalid
from huilian.foundation.money import text as yuan
from huilian.foundation.wording import Wording, _

from .money import Limits, Tier, tier_of

SHOWN = 5  # payments named in a sentence
SPLIT_DAYS = 30  # 化整为零: what one payee got within so many days counts together


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be known before one agrees. It stops nothing."""

    key: str
    words: Wording
    level: str = "yellow"


class Paid(NamedTuple):
    """What one payee got or is asked for: a voucher by its number in the month, or the number of a request."""

    amount: int
    day: object  # a date, or its text as the database gave it
    month: int = 0
    number: int | None = None
    case_number: str = ""

    def __str__(self) -> str:
        what = self.case_number
        if self.number:
            what = f"{self.month // 100}-{self.month % 100:02d}-{self.number}"
        return f"{what} {str(self.day)[5:10]} {yuan(self.amount)}".strip()


class _Few(NamedTuple):
    """The first few, put into words only where somebody reads them."""

    paid: Sequence[Paid]

    def __str__(self) -> str:
        return "、".join(map(str, self.paid[:SHOWN]))


def check_invoice(number: str, used: str) -> None:
    """Refuse a paper that stands behind another payment. `used`: where it stands, "" for nowhere."""
    if used:
        raise Invalid(
            _(
                "Invoice %(number)s already stands behind %(used)s. One paper is paid once; check the number.",
                number=number,
                used=used,
            ),
            field="invoice_no",
        )


def check_cash(amount: int, *, held: int, limits: Limits) -> None:
    """Refuse cash above the limit of one payment, and cash that is not there."""
    if limits.cash_payment and amount > limits.cash_payment:
        raise Invalid(
            _(
                "At most %(limit)s are paid in cash at once; this is %(amount)s. Pay it through the bank.",
                limit=yuan(limits.cash_payment),
                amount=yuan(amount),
            ),
            field="method",
        )
    if amount > held:
        raise Invalid(
            _(
                "There are %(held)s in cash, less than %(amount)s. Pay through the bank, or enter cash drawn first.",
                held=yuan(max(held, 0)),
                amount=yuan(amount),
            ),
            field="method",
        )


def check_decision(amount: int, decision_no: str, *, tier: Tier | None, limits: Limits) -> None:
    """Refuse spending from the county's limit on that no meeting decided."""
    above = bool(limits.decision) and amount > limits.decision
    if (above or (tier and tier.needs_decision)) and not decision_no.strip():
        raise Invalid(
            _(
                "%(amount)s needs a decision of the members or their representatives. Let them decide, enter the "
                "minutes, and write the number of the decision here.",
                amount=yuan(amount),
            ),
            field="decision_no",
        )


def splitting(amount: int, others: Sequence[Paid], tiers: list[Tier]) -> Notice | None:
    """Whether this payee's payments of `SPLIT_DAYS` days, taken together, would need a higher agreement than each."""
    whole = amount + sum(p.amount for p in others)
    alone, together = tier_of(amount, tiers), tier_of(whole, tiers)
    if not others or not alone or not together or alone.key == together.key:
        return None
    return Notice(
        "splitting",
        _(
            "The same payee got or asked for %(n)d other payments within %(days)d days: %(list)s. Together they are "
            "%(whole)s, which is above this tier.",
            n=len(others),
            days=SPLIT_DAYS,
            list=_Few(others),
            whole=yuan(whole),
        ),
        "orange",
    )


def over_budget(amount: int, planned: int | None, spent: int) -> Notice | None:
    """Whether a payment exceeds what is left of its line of the budget. `planned` None: the budget has no such line."""
    if planned is None:
        return Notice("unplanned", _("The budget of this year has no line for this account."))
    if spent + amount <= planned:
        return None
    return Notice(
        "budget",
        _(
            "The budget has %(planned)s for this account and %(spent)s are spent; with this payment it is exceeded by "
            "%(over)s.",
            planned=yuan(planned),
            spent=yuan(spent),
            over=yuan(spent + amount - planned),
        ),
    )
