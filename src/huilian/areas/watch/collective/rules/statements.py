"""「对账单」 What a bank's statement must be before it is kept: every balance follows, nothing lacks or comes twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from huilian.foundation.errors import Invalid
from huilian.foundation.money import text as yuan
from huilian.foundation.wording import _


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a statement; `amount` in cents, positive for money in; `row` as Excel counts."""

    row: int
    date: date
    amount: int
    balance: int
    name: str = ""
    account: str = ""
    summary: str = ""
    reference: str = ""
    key: str = ""  # keyed digest of the other side's identity or code, where a source gives it


@dataclass(frozen=True, slots=True)
class Last:
    """Where the statement before ended: its last day and its closing balance."""

    ends_on: date
    closing: int


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Oldest first: many banks give the newest first, which the running balance tells even within one day."""
    turned = list(reversed(entries))
    return turned if first_break(entries) and not first_break(turned) else list(entries)


def first_break(entries: Sequence[Entry]) -> Entry | None:
    """The first entry whose balance does not follow from the one before, or whose day lies before it."""
    for before, entry in pairwise(entries):
        if before.balance + entry.amount != entry.balance or entry.date < before.date:
            return entry
    return None


def opening_of(entries: Sequence[Entry]) -> int:
    """The balance before the first entry."""
    return entries[0].balance - entries[0].amount


def check(entries: Sequence[Entry], *, last: Last | None, today: date) -> list[Invalid]:
    """What is wrong with the statement, each with its row: a broken balance, a gap, an overlap, a day to come."""
    faults: list[Invalid] = []
    for entry in entries:
        if entry.date > today:
            faults.append(
                Invalid(_("%(day)s has not come yet. Check the date.", day=entry.date), field="date", row=entry.row)
            )
    for before, entry in pairwise(entries):
        if entry.date < before.date:
            faults.append(
                Invalid(
                    _(
                        "%(day)s stands after %(before)s. Sort the rows by day, as the bank gave them.",
                        day=entry.date,
                        before=before.date,
                    ),
                    field="date",
                    row=entry.row,
                )
            )
        elif before.balance + entry.amount != entry.balance:
            faults.append(
                Invalid(
                    _(
                        "The balance does not follow: %(before)s and %(amount)s make %(made)s, but the row says"
                        " %(said)s. A row is missing here, or an amount is wrong.",
                        before=yuan(before.balance),
                        amount=yuan(entry.amount),
                        made=yuan(before.balance + entry.amount),
                        said=yuan(entry.balance),
                    ),
                    field="balance",
                    row=entry.row,
                )
            )
    if last and entries:
        faults += _follows(entries, last)
    return faults


def _follows(entries: Sequence[Entry], last: Last) -> list[Invalid]:
    """The statement goes on where the one before ended: not earlier, and with the same balance."""
    first = entries[0]
    if first.date < last.ends_on:
        already = sum(entry.date <= last.ends_on for entry in entries)
        return [
            Invalid(
                _(
                    "The last statement goes up to %(day)s, and %(n)d rows of this one lie before or on that day. "
                    "Leave out what was already read.",
                    day=last.ends_on,
                    n=already,
                ),
                field="date",
                row=first.row,
            )
        ]
    if opening_of(entries) != last.closing:
        return [
            Invalid(
                _(
                    "The last statement ended on %(day)s with %(closing)s; this one begins with %(opening)s. "
                    "What lies between is missing: ask the bank for it and read it first.",
                    day=last.ends_on,
                    closing=yuan(last.closing),
                    opening=yuan(opening_of(entries)),
                ),
                field="balance",
                row=first.row,
            )
        ]
    return []
