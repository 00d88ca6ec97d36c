"""What an audit of a village head reads in the books: what stood and moved, was signed, paid and kept in cash."""

from collections.abc import Iterable
from datetime import date
from itertools import chain

from django.db.models import F, Q, QuerySet

from huilian.engine.directory.models import Place

from ..models import AccountSet, AssetEvent, Balance, Contract, Debt, Due, Voucher
from ..rules.months import last_day, month_of, months_between
from .balances import TrialRow, trial_balance
from .chart import limits_of


def sets_of_place(place: Place, first: date, last: date) -> list[AccountSet]:
    """The books that a place kept at any time of a stretch."""
    rows = AccountSet.objects.filter(Q(closed_on=None) | Q(closed_on__gte=first), place=place, starts_on__lte=last)
    return list(rows.order_by("pk"))


def standing(set_: AccountSet, first: date, last: date) -> list[TrialRow]:
    """Accounts of the first level: before the stretch and after it, in whole months."""
    begin = max(month_of(first), month_of(set_.starts_on))
    rows = trial_balance(set_, begin, month_of(last)).rows
    return [row for row in rows if row.level == 1]


def debts_moved(set_: AccountSet, first: date, last: date) -> QuerySet[Debt]:
    """Debts and claims that began or were settled in the stretch."""
    span = (first, last)
    rows = Debt.objects.filter(Q(began_on__range=span) | Q(settled_on__range=span), set=set_)
    return rows.order_by("began_on", "pk")


def dues_open(set_: AccountSet, last: date) -> list[tuple[Contract, int]]:
    """Contracts with what was due to the village by a day and is not paid, in cents."""
    rows = Due.objects.filter(
        contract__set=set_, contract__direction="income", due_on__lte=last, paid_cents__lt=F("amount_cents")
    )
    found: dict[Contract, int] = {}
    for due in rows.exclude(contract__status="draft").select_related("contract").order_by("contract__number"):
        found[due.contract] = found.get(due.contract, 0) + due.amount_cents - due.paid_cents
    return list(found.items())


def contracts_signed(set_: AccountSet, first: date, last: date) -> QuerySet[Contract]:
    rows = Contract.objects.filter(set=set_, signed_on__range=(first, last)).exclude(status="draft")
    return rows.order_by("signed_on", "number")


def payments_over(set_: AccountSet, first: date, last: date) -> Iterable[Voucher]:
    """Payments posted in the stretch that needed a decision: above the limit of their day."""
    return (v for v, limits in _payments(set_, first, last) if limits.decision and v.total_cents > limits.decision)


def cash_over(set_: AccountSet, first: date, last: date) -> Iterable[Voucher]:
    """Payments posted in the stretch in cash above the limit of their day."""
    found = _payments(set_, first, last)
    return (
        v for v, limits in found if v.method == "cash" and limits.cash_payment and v.total_cents > limits.cash_payment
    )


def _payments(set_: AccountSet, first: date, last: date):
    rows = Voucher.objects.filter(
        set=set_, state="posted", kind="payment", date__range=(first, last), is_reversed=False, reverses=None
    )
    limits = {}
    for voucher in rows.order_by("date", "number"):
        if voucher.month not in limits:
            limits[voucher.month] = limits_of(set_, last_day(voucher.month))
        yield voucher, limits[voucher.month]


def cash_kept(set_: AccountSet, first: date, last: date) -> list[tuple[int, int, int]]:
    """(month, cents, limit) of months at whose end more cash was kept than the limit."""
    rows = Balance.objects.filter(set=set_, account__code__startswith="101", month__lte=month_of(last))
    moved: dict[int, dict[int, int]] = {}
    for account, month, *sums in rows.values_list("account", "month", "opening_cents", "debit_cents", "credit_cents"):
        moved.setdefault(month, {})[account] = sums[0] + sums[1] - sums[2]
    at: dict[int, int] = {}
    found = []
    for month in months_between(min([month_of(first), *moved]), month_of(last)):
        at |= moved.get(month, {})
        cents = sum(at.values())
        if cents > 0 and month >= month_of(first) and 0 < (limit := limits_of(set_, last_day(month)).cash) < cents:
            found.append((month, cents, limit))
    return found


def assets_changed(set_: AccountSet, first: date, last: date) -> QuerySet[AssetEvent]:
    """Things that came, went, were lent or valued in the stretch."""
    kinds = ("registered", "lent", "valued", "sold", "scrapped")
    rows = AssetEvent.objects.filter(asset__set=set_, kind__in=kinds, on__range=(first, last))
    return rows.select_related("asset").order_by("on", "pk")


def bookkeepers(place: Place, first: date, last: date) -> set[int]:
    """Persons who prepared, reviewed, approved or stamped a voucher of the stretch."""
    rows = Voucher.objects.filter(set__place=place, date__range=(first, last), state="posted").order_by()
    names = ("prepared_by", "reviewed_by", "approved_by", "stamped_by")
    return {pk for pk in chain.from_iterable(rows.values_list(*names).distinct()) if pk}
