"""Arithmetic of a village work: what may be paid, what may be changed, what may be kept back, what it scores.

Money in cents, shares per thousand, progress in per cent. Pure functions over plain values.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from huilian.foundation.errors import Invalid
from huilian.foundation.money import text
from huilian.foundation.wording import _

PHOTOS = 3  # of one event; county rule against photograph trails (国办函〔2026〕12号: no forced photo trails)
WHOLE = 1000


def amount(quantity: Decimal, price_cents: int) -> int:
    """Quantity times unit price in whole cents."""
    return int((quantity * price_cents).quantize(Decimal(1), ROUND_HALF_UP))


def share(part: int, whole: int) -> int:
    """`part` of `whole` per thousand, rounded up, so that 10.01 % is over 10 %."""
    return -(-part * WHOLE // whole) if whole > 0 else 0


def of(whole: int, permille: int) -> int:
    return whole * permille // WHOLE


@dataclass(frozen=True)
class Money:
    """How the money of one work stands. `settled_cents` is None before the settlement."""

    contract_cents: int
    changes_cents: int = 0
    asked_cents: int = 0  # asked for and paid so far, what was dropped left out
    progress: int = 0
    started: bool = False
    accepted: bool = False
    settled_cents: int | None = None
    retention_permille: int = 0
    released: bool = False
    advance_permille: int = 300
    progress_permille: int = 900

    @property
    def total_cents(self) -> int:
        return self.contract_cents + self.changes_cents

    @property
    def most_cents(self) -> int:
        """What may have been paid in all by now.

        Before the work begins the advance; then what is built, at most the share that a settlement leaves open
        (建设工程价款结算暂行办法, 财建〔2004〕369号, §12 and §13); after it all but what is kept back.
        """
        if self.settled_cents is not None:
            kept = 0 if self.released else of(self.settled_cents, self.retention_permille)
            return self.settled_cents - kept
        advance = of(self.total_cents, self.advance_permille)
        if not self.started:
            return advance
        return max(advance, min(self.total_cents * self.progress // 100, of(self.total_cents, self.progress_permille)))

    @property
    def left_cents(self) -> int:
        return self.most_cents - self.asked_cents


def check_pay(money: Money, amount_cents: int) -> None:
    """Raise Invalid where a payment would go ahead of what is built."""
    if amount_cents <= 0:
        raise Invalid(_("Write the amount, more than nothing."), field="amount_cents")
    if amount_cents > money.left_cents:
        raise Invalid(
            _(
                "At %(progress)s %% of the work %(most)s may be paid in all and %(asked)s is asked for already. "
                "At most %(left)s can be asked for now.",
                progress=money.progress,
                most=text(money.most_cents),
                asked=text(money.asked_cents),
                left=text(max(money.left_cents, 0)),
            ),
            field="amount_cents",
        )


def change_share(contract_cents: int, approved: Iterable[int], new_cents: int) -> int:
    """All changes of a contract with the new one, as a share of it. More and less work do not cancel each other out:
    a ditch left out pays for no wall (each change counts by its size)."""
    return share(sum(map(abs, approved)) + abs(new_cents), contract_cents)


@dataclass(frozen=True)
class Offer:
    """One quotation, by the number of whoever gave it."""

    party: int
    amount_cents: int


WANTED = {"direct": 1, "quotes": 3, "comparison": 3, "exchange": 0}


def check_award(mode: str, offers: Iterable[Offer], chosen: Offer, *, budget_cents: int, note: str) -> None:
    """Raise Invalid where a choice does not follow from the quotations: too few, above the budget, not the lowest
    and no reason."""
    offers = list(offers)
    wanted = WANTED[mode]
    if len(offers) < wanted:
        raise Invalid(
            _("This way asks for %(wanted)s quotations; there are %(n)s.", wanted=wanted, n=len(offers)), field="mode"
        )
    if chosen.amount_cents > budget_cents:
        raise Invalid(
            _("%(amount)s is above the budget of %(budget)s. Decide on a new budget first.",
              amount=text(chosen.amount_cents), budget=text(budget_cents)),
            field="quote",
        )  # fmt: skip
    lowest = min((offer.amount_cents for offer in offers), default=chosen.amount_cents)
    if chosen.amount_cents > lowest and not note.strip():
        raise Invalid(
            _("Somebody asks for less: %(lowest)s. Write why not the lowest is chosen.", lowest=text(lowest)),
            field="note",
        )


@dataclass(frozen=True)
class Signed:
    role: str
    agrees: bool


def missing(signed: Iterable[Signed], representatives: int) -> list[tuple[str, int]]:
    """Whose signatures an acceptance lacks: (role, how many). The supervision committee, the village and the villagers'
    representatives sign (中办国办 2017-12-04: the committee watches works)."""
    signed = list(signed)
    wanted = {"village": 1, "committee": 1, "representative": representatives}
    found = {role: sum(s.role == role for s in signed) for role in wanted}
    return [(role, n - found[role]) for role, n in wanted.items() if found[role] < n]


@dataclass(frozen=True)
class Facts:
    """What a score is made of."""

    days_late: int = 0
    changes_permille: int = 0
    settled_permille: int = 1000  # settlement of contract and changes
    rounds: int = 1  # acceptances until it passed
    defects: int = 0  # under warranty
    cards: int = 0


@dataclass(frozen=True)
class Score:
    points: int
    lines: Mapping[str, int]


def score(facts: Facts) -> Score:
    """100 less what went wrong, each line bounded; county default, said on the page.

    Late: 1 point for 3 days, at most 20. Changes above 5 %: 1 point for each further per cent, at most 20. Settlement
    above contract and changes: 2 points a per cent, at most 20. Each further acceptance: 10, at most 20. Each defect
    under warranty: 5, at most 10. Each card: 5, at most 10.
    """
    lines = {
        "late": min(-(-facts.days_late // 3), 20) if facts.days_late > 0 else 0,
        "changes": min(max(-(-(facts.changes_permille - 50) // 10), 0), 20),
        "over": min(2 * max(-(-(facts.settled_permille - WHOLE) // 10), 0), 20),
        "rounds": min(10 * (facts.rounds - 1), 20),
        "defects": min(5 * facts.defects, 10),
        "cards": min(5 * facts.cards, 10),
    }
    return Score(100 - sum(lines.values()), {key: n for key, n in lines.items() if n})


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
