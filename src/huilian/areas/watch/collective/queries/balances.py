"""What the accounts of one set stood at: balances and the trial balance. Debit is positive throughout."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from ..models import Account, AccountSet, Balance, Line
from ..rules.months import year_of
from .chart import Chart, chart_of


@dataclass(slots=True)
class Standing:
    """One account over a span of months: before it, what it moved in it, and since the year began."""

    account: Account
    opening: int = 0
    debit: int = 0
    credit: int = 0
    year_opening: int = 0  # before January of the year of the last month
    year_debit: int = 0
    year_credit: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit

    @property
    def is_empty(self) -> bool:
        return not (self.opening or self.debit or self.credit or self.year_debit or self.year_credit)


def balances(set: AccountSet, month: int) -> dict[str, Standing]:
    """Every account that ever moved, by its code, over one month."""
    return spans(set, month, month)


def spans(set: AccountSet, first: int, last: int, chart: Chart | None = None) -> dict[str, Standing]:
    """Every account that ever moved up to `last`, by its code, over the months `first` to `last`."""
    rows = (
        Balance.objects.filter(set=set, month__lte=last)
        .order_by("month")
        .values_list("account_id", "month", "opening_cents", "debit_cents", "credit_cents")
    )
    chart = chart or chart_of(set)
    january = year_of(last) * 100 + 1
    found: dict[int, Standing] = {}
    for key, month, opening, debit, credit in rows:
        standing = found.get(key)
        if standing is None:
            standing = found[key] = Standing(chart.by_pk[key])
            standing.opening = standing.year_opening = opening  # before the first month of the books
        if month < january:
            standing.year_opening = opening + debit - credit
        else:
            standing.year_debit += debit
            standing.year_credit += credit
        if month < first:
            standing.opening = opening + debit - credit
        else:
            standing.debit += debit
            standing.credit += credit
    return {s.account.code: s for s in sorted(found.values(), key=lambda s: s.account.code)}


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A line of the trial balance; `level` 1 is an account with all its sub-accounts, 2 a sub-account."""

    account: Account
    level: int
    opening: int
    debit: int
    credit: int
    closing: int


@dataclass(frozen=True)
class TrialBalance:
    set: AccountSet
    first: int
    last: int
    rows: list[TrialRow]

    @property
    def totals(self) -> dict[str, int]:
        """Both sides of the three columns; the two of each pair are equal, or the books are broken."""
        top = [r for r in self.rows if r.level == 1]
        return {
            "opening_debit": sum(max(r.opening, 0) for r in top),
            "opening_credit": sum(max(-r.opening, 0) for r in top),
            "debit": sum(r.debit for r in top),
            "credit": sum(r.credit for r in top),
            "closing_debit": sum(max(r.closing, 0) for r in top),
            "closing_credit": sum(max(-r.closing, 0) for r in top),
        }

    @property
    def balances(self) -> bool:
        t = self.totals
        return all(t[f"{n}debit"] == t[f"{n}credit"] for n in ("opening_", "", "closing_"))


def trial_balance(set: AccountSet, first: int, last: int, *, empty: bool = False) -> TrialBalance:
    """「科目余额表」 Every account that stood at something or moved; with `empty` all of the chart."""
    chart = chart_of(set)
    standing = spans(set, first, last, chart)
    if empty:
        standing = {a.code: standing.get(a.code) or Standing(a) for a in chart.accounts}
    groups: dict[str, list[Standing]] = {}
    for code, one in standing.items():
        if empty or not one.is_empty:
            groups.setdefault(code[:3], []).append(one)
    rows = []
    for code in sorted(groups):
        group = sorted(groups[code], key=lambda s: s.account.code)
        rows.append(
            TrialRow(
                chart.by_code[code],
                1,
                sum(s.opening for s in group),
                sum(s.debit for s in group),
                sum(s.credit for s in group),
                sum(s.closing for s in group),
            )
        )
        rows += [
            TrialRow(s.account, 2, s.opening, s.debit, s.credit, s.closing) for s in group if "-" in s.account.code
        ]
    return TrialBalance(set, first, last, rows)


def party_balances(set: AccountSet, codes: Iterable[str], *, upto: int | None = None) -> dict[tuple[str, str], int]:
    """Balances by (account's code, party) of the accounts named, from all posted lines; zeros are left out.

    `upto`: only vouchers of months up to this one.
    """
    lines = Line.objects.filter(voucher__set=set, voucher__state="posted", account__code__in=list(codes))
    if upto:
        lines = lines.filter(voucher__month__lte=upto)
    rows = lines.values_list("account__code", "party").annotate(d=Sum("debit_cents"), c=Sum("credit_cents"))
    return {(code, party): d - c for code, party, d, c in rows.order_by("account__code", "party") if d != c}
