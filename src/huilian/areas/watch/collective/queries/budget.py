"""Budgets beside what the books say: per account what was planned, what came of it, what is left."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from ..models import Account, AccountSet, Budget, BudgetLine, Line, Voucher
from ..rules.months import year_of

CREDIT = ("income", "liability", "equity")  # what grows on the credit side


def current_budget(set: AccountSet, year: int) -> Budget | None:
    return Budget.objects.filter(set=set, year=year, is_current=True).order_by("-version").first()


def versions(set: AccountSet, year: int) -> QuerySet[Budget]:
    return Budget.objects.filter(set=set, year=year).order_by("-version")


@dataclass(frozen=True, slots=True)
class Execution:
    """One line of a budget: `actual` counts the account and, where they have no line of their own, its parts."""

    account: Account
    planned: int
    actual: int
    note: str

    @property
    def left(self) -> int:
        return self.planned - self.actual

    @property
    def percent(self) -> float:
        return 100 * self.actual / self.planned if self.planned else 0.0


def execution(budget: Budget, month: int | None = None) -> list[Execution]:
    """How a budget is carried out up to `month` (yyyymm; the whole year when not given). Vouchers that close the year
    do not count: they only empty the accounts."""
    moved = turnover(budget.set, budget.year, month)
    lines = list(BudgetLine.objects.filter(budget=budget).select_related("account").order_by("account__code"))
    own = {line.account.code for line in lines}
    found = []
    for line in lines:
        code, sign = line.account.code, -1 if line.account.element in CREDIT else 1
        actual = sum(
            cents
            for other, cents in moved.items()
            if other == code or (other.startswith(f"{code}-") and other not in own)
        )
        found.append(Execution(line.account, line.amount_cents, sign * actual, line.note))
    return found


def turnover(set: AccountSet, year: int, month: int | None = None) -> dict[str, int]:
    """What the posted vouchers of a year moved, by code, debit positive."""
    last = month or year * 100 + 12
    if year_of(last) != year:
        raise ValueError(f"{last} does not lie in {year}")
    rows = Line.objects.filter(
        voucher__set=set,
        voucher__state=Voucher.State.POSTED,
        voucher__month__gte=year * 100 + 1,
        voucher__month__lte=last,
    ).exclude(voucher__kind__in=(Voucher.Kind.CARRY, Voucher.Kind.OPENING))
    return dict(
        rows.values("account__code")
        .annotate(moved=Sum(F("debit_cents") - F("credit_cents")))
        .values_list("account__code", "moved")
    )


def left_for(set: AccountSet, year: int, account: Account) -> tuple[int | None, int] | None:
    """(planned, spent) for an account in the budget in force; planned None: no line for it. None: no budget at all."""
    budget = current_budget(set, year)
    if budget is None:
        return None
    codes = {account.code, account.code[:3]}
    line = (
        BudgetLine.objects.filter(budget=budget, account__code__in=codes)
        .select_related("account")
        .order_by("-account__code")
        .first()
    )
    if line is None:
        return None, 0
    parts = Q(account__code=line.account.code)
    if "-" not in line.account.code:
        parts |= Q(account__code__startswith=f"{line.account.code}-")
    rows = Line.objects.filter(
        parts,
        voucher__set=set,
        voucher__state=Voucher.State.POSTED,
        voucher__month__gte=year * 100 + 1,
        voucher__month__lte=year * 100 + 12,
    ).exclude(voucher__kind__in=(Voucher.Kind.CARRY, Voucher.Kind.OPENING))
    spent = rows.aggregate(sum=Sum(F("debit_cents") - F("credit_cents")))["sum"] or 0
    return line.amount_cents, -spent if account.element in CREDIT else spent
