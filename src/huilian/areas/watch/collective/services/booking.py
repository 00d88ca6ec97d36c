"""The one writer of balances. Whoever calls it holds the lock of the set."""

from collections.abc import Iterable, Mapping

from huilian.engine import bulk

from ..models import AccountSet, Balance

Move = tuple[int, int, int, int]  # (account's key, month, debit, credit)


def book(set: AccountSet, moves: Iterable[Move], openings: Mapping[int, int] | None = None) -> None:
    """Add what moved to the balances of `set`; later months then begin with what follows from it.

    `openings`: account's key -> balance with which the books begin (debit positive), for the first month.
    """
    turned: dict[int, dict[int, list[int]]] = {}
    for account, month, debit, credit in moves:
        cell = turned.setdefault(account, {}).setdefault(month, [0, 0])
        cell[0] += debit
        cell[1] += credit
    starts = dict(openings or {})
    first = set.starts_on.year * 100 + set.starts_on.month
    for account in starts:
        turned.setdefault(account, {}).setdefault(first, [0, 0])
    kept: dict[int, dict[int, Balance]] = {account: {} for account in turned}
    for row in Balance.objects.filter(set=set, account__in=list(turned)):
        kept[row.account_id][row.month] = row
    new, changed = [], []
    for account, months in turned.items():
        rows = kept[account]
        for month, (debit, credit) in months.items():
            row = rows.get(month)
            if row is None:
                row = rows[month] = Balance(set=set, account_id=account, month=month)
                new.append(row)
            else:
                changed.append(row)
            row.debit_cents += debit
            row.credit_cents += credit
        changed += _run_on(rows, min(months), starts.get(account))
    if new:
        bulk.insert(new)
    if changed := list({row.pk: row for row in changed if not row._state.adding and row not in new}.values()):
        Balance.objects.bulk_update(changed, ["opening_cents", "debit_cents", "credit_cents"], batch_size=200)


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
