"""「总账」「明细账」 The ledgers: month by month, and voucher by voucher with the balance after each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ..models import Account, AccountSet, Balance, Line, Voucher
from ..rules.months import month_of
from .balances import spans
from .chart import chart_of


@dataclass(frozen=True, slots=True)
class GeneralRow:
    """One month of one account; `balance` after it, debit positive."""

    month: int
    debit: int
    credit: int
    balance: int
    year_debit: int
    year_credit: int


@dataclass(frozen=True)
class General:
    account: Account
    opening: int
    rows: list[GeneralRow]


def general_ledger(set: AccountSet, year: int, code: str | None = None) -> list[General]:
    """「总账」 Every account (with all its sub-accounts) of a year, month by month; only `code` when given."""
    chart = chart_of(set)
    january = year * 100 + 1
    openings: dict[str, int] = {}
    for own, standing in spans(set, january, january).items():
        openings[own[:3]] = openings.get(own[:3], 0) + standing.opening
    moves: dict[str, dict[int, list[int]]] = {}
    rows = Balance.objects.filter(set=set, month__range=(january, january + 11))
    for own, month, debit, credit in rows.order_by("month").values_list(
        "account__code", "month", "debit_cents", "credit_cents"
    ):
        cell = moves.setdefault(own[:3], {}).setdefault(month, [0, 0])
        cell[0] += debit
        cell[1] += credit
    found = []
    for key in sorted({*openings, *moves}):
        if (code and key != code[:3]) or not (openings.get(key) or any(map(any, moves.get(key, {}).values()))):
            continue
        balance, so_far_debit, so_far_credit, lines = openings.get(key, 0), 0, 0, []
        for month, (debit, credit) in sorted(moves.get(key, {}).items()):
            balance += debit - credit
            so_far_debit += debit
            so_far_credit += credit
            if debit or credit:
                lines.append(GeneralRow(month, debit, credit, balance, so_far_debit, so_far_credit))
        found.append(General(chart.by_code[key], openings.get(key, 0), lines))
    return found


@dataclass(frozen=True, slots=True)
class DetailRow:
    voucher_id: int
    date: date
    number: int
    summary: str
    party: str
    debit: int
    credit: int
    balance: int


@dataclass(frozen=True)
class Detail:
    account: Account
    party: str
    opening: int
    rows: list[DetailRow]
    closing: int


def detail_ledger(
    set: AccountSet, code: str, *, party: str | None = None, first: int | None = None, last: int | None = None
) -> Detail:
    """「明细账」 Posted lines of an account with all below it, with the balance after each; of one party if given."""
    account = chart_of(set).find(code)
    if account is None:
        raise LookupError(code)
    lines = lines_of(set, account, party)
    opening_lines = lines.filter(voucher__kind=Voucher.Kind.OPENING)
    lines = lines.exclude(voucher__kind=Voucher.Kind.OPENING)
    first = first or month_of(set.starts_on)
    opening = sum(d - c for d, c in opening_lines.values_list("debit_cents", "credit_cents"))
    opening += sum(d - c for d, c in lines.filter(voucher__month__lt=first).values_list("debit_cents", "credit_cents"))
    lines = lines.filter(voucher__month__gte=first)
    if last:
        lines = lines.filter(voucher__month__lte=last)
    balance, rows = opening, []
    for line in lines.select_related("voucher").order_by(
        "voucher__month", "voucher__date", "voucher__number", "position"
    ):
        v = line.voucher
        balance += line.debit_cents - line.credit_cents
        summary = line.summary or v.summary
        rows.append(
            DetailRow(v.pk, v.date, v.number or 0, summary, line.party, line.debit_cents, line.credit_cents, balance)
        )
    return Detail(account, party or "", opening, rows, balance)


def lines_of(set: AccountSet, account: Account, party: str | None = None) -> QuerySet[Line]:
    """Posted lines of an account with all below it."""
    below = {"account__code": account.code} if account.parent_id else {"account__code__startswith": account.code}
    lines = Line.objects.filter(voucher__set=set, voucher__state=Voucher.State.POSTED, **below)
    return lines if party is None else lines.filter(party=party)
