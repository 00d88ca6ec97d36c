"""A voucher while it is being typed: its sums, and the one line whose amount follows from the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Typed:
    """One line as typed, amounts in cents. `index` is its place on the page, from 0."""

    index: int
    account: str = ""
    debit: int = 0
    credit: int = 0
    party: str = ""
    summary: str = ""

    @property
    def is_open(self) -> bool:
        """An account without an amount."""
        return bool(self.account) and not self.debit and not self.credit


def sums(lines: Sequence[Typed]) -> tuple[int, int]:
    """(debit, credit)"""
    return sum(line.debit for line in lines), sum(line.credit for line in lines)


def balanced(lines: Sequence[Typed]) -> list[Typed]:
    """The lines, with the difference put into the one line that has an account and no amount, if there is one."""
    debit, credit = sums(lines)
    gap = debit - credit
    waiting = [line for line in lines if line.is_open]
    if not gap or len(waiting) != 1:
        return list(lines)
    filled = replace(waiting[0], debit=max(-gap, 0), credit=max(gap, 0))
    return [filled if line is waiting[0] else line for line in lines]
