"""The one writer of balances. Whoever calls it holds the lock of the set; screening hears of it with the commit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from huilian.engine import bulk
from huilian.engine.screening.services import touch

from ..models import AccountSet, Balance

Move = tuple[int, int, int, int]  # (account's key, month, debit, credit)


def book(
    set: AccountSet, moves: Iterable[Move], openings: Mapping[int, int] | None = None, *, about: Iterable[str] = ()
) -> None:
    """Add what moved to the balances of `set`; later months then begin with what follows from it.

    `openings`: account's key -> balance with which the books begin (debit positive), for the first month. `about`
    names the vouchers ("voucher:12") where nothing but them is new to the screening.
    """
    _add([(set, moves)], openings)
    touch([set.village_code], about=about)


def book_all(parts: Sequence[tuple[AccountSet, Iterable[Move]]], openings: Mapping[int, int] | None = None) -> None:
    """The same for many sets at once."""
    _add(parts, openings)
    touch({set.village_code for set, _moves in parts})


def _add(parts: Sequence[tuple[AccountSet, Iterable[Move]]], openings: Mapping[int, int] | None) -> None:
    turned = [(set, _turned(set, moves, openings or {})) for set, moves in parts]
    kept: dict[tuple[int, int], dict[int, Balance]] = defaultdict(dict)
    accounts = {account for _set, months in turned for account in months}
    for row in Balance.objects.filter(set__in=[set.pk for set, _moves in parts], account__in=accounts):
        kept[row.set_id, row.account_id][row.month] = row
    new: list[Balance] = []
    changed: dict[int, Balance] = {}
    for set, by_account in turned:
        for account, months in by_account.items():
            rows = kept[set.pk, account]
            touched = []
            for month, (debit, credit) in months.items():
                row = rows.get(month)
                if row is None:
                    row = rows[month] = Balance(set_id=set.pk, account_id=account, month=month)
                    new.append(row)
                row.debit_cents += debit
                row.credit_cents += credit
                touched.append(row)
            touched += _run_on(rows, min(months), (openings or {}).get(account))
            changed.update({row.pk: row for row in touched if row.pk is not None})
    if new:
        bulk.insert(new)
    if changed:
        # An upsert of plain values: an UPDATE with a CASE for every row takes many times as long.
        fields = ["opening_cents", "debit_cents", "credit_cents"]
        Balance.objects.bulk_create(
            changed.values(), batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def _turned(set: AccountSet, moves: Iterable[Move], starts: Mapping[int, int]) -> dict[int, dict[int, list[int]]]:
    """What each account turned over in each month; the first month stands there for those that begin with a sum."""
    turned: dict[int, dict[int, list[int]]] = {}
    for account, month, debit, credit in moves:
        cell = turned.setdefault(account, {}).setdefault(month, [0, 0])
        cell[0] += debit
        cell[1] += credit
    first = set.starts_on.year * 100 + set.starts_on.month
    for account in starts:
        turned.setdefault(account, {}).setdefault(first, [0, 0])
    return turned


def _run_on(rows: dict[int, Balance], since: int, start: int | None) -> list[Balance]:
    """Let every month from `since` on begin with what the one before it ended with; returns those that changed."""
    changed = []
    before: Balance | None = None
    for month in sorted(rows):
        row = rows[month]
        if before is None and start is not None:
            row.opening_cents += start
            changed.append(row)
        elif before is not None and month >= since:
            opening = before.opening_cents + before.debit_cents - before.credit_cents
            if opening != row.opening_cents:
                row.opening_cents = opening
                changed.append(row)
        before = row
    return changed
