"""What a village's books give to publication: months line by line for many months at once, things, debts, the plan."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q

from huilian.engine.directory.models import Place, Unit
from huilian.foundation.now import today

from ..models import AccountSet, Asset, Balance, Budget, Contract, Debt, Line, Voucher
from ..rules.vouchers import MONEY

OTHER_SIDE = ("person", "member", "cadre")  # kinds of payees and counterparts that are persons


@dataclass
class OpenMonth:
    """One month of the books as villagers read it. `rows` in the order of the vouchers; money in cents."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    closing_cents: int = 0


def set_at(place: Place, day: date | None = None) -> AccountSet | None:
    """The books that ran in a village on a day: the cooperative's, else any."""
    day = day or today()
    found = AccountSet.objects.filter(Q(closed_on=None) | Q(closed_on__gte=day), place=place, starts_on__lte=day)
    rows = list(found.select_related("unit"))
    return min(rows, key=lambda s: (s.unit.kind != Unit.Kind.COOPERATIVE, s.pk), default=None)


def open_months(set_: AccountSet, first: int, last: int) -> dict[int, OpenMonth]:
    """Every posted line that moved money in the months from `first` to `last` (yyyymm), in three queries for all."""
    months: dict[int, OpenMonth] = defaultdict(OpenMonth)
    vouchers = Voucher.objects.filter(
        set=set_,
        month__range=(first, last),
        state=Voucher.State.POSTED,
        kind__in=(Voucher.Kind.RECEIPT, Voucher.Kind.PAYMENT),
    )
    lines = Line.objects.filter(voucher__in=vouchers).select_related("voucher__approved_by", "account__parent")
    for number in MONEY:
        lines = lines.exclude(account__code__startswith=str(number))
    for line in lines.order_by("voucher__month", "voucher__number", "position"):
        months[line.voucher.month].rows.append(_row(line))
    for month, cents in _closings(set_, first, last).items():
        months[month].closing_cents = cents
    return dict(months)


def _row(line: Line) -> dict[str, Any]:
    v, above = line.voucher, line.account.parent
    return {
        "date": v.date,
        "summary": line.summary or v.summary,
        "account": f"{above.name} · {line.account.name}" if above else line.account.name,
        "in_cents": line.credit_cents,
        "out_cents": line.debit_cents,
        "party": v.payee or line.party,
        "is_person": v.payee_kind in OTHER_SIDE if v.payee_kind else None,  # None: the voucher does not say
        "handler": v.handler,
        "approver": v.approved_by.name if v.approved_by else "",
        "number": v.number or 0,
        "attachments": v.attachments,
    }


def _closings(set_: AccountSet, first: int, last: int) -> dict[int, int]:
    """What cash and bank stood at after each month, also after months in which nothing moved."""
    at: dict[int, int] = {}
    moved: dict[int, dict[int, int]] = defaultdict(dict)
    wanted = Q()
    for number in MONEY:
        wanted |= Q(account__code__startswith=str(number))
    rows = Balance.objects.filter(wanted, set=set_, month__lte=last).order_by("month")
    for account, month, opening, debit, credit in rows.values_list(
        "account_id", "month", "opening_cents", "debit_cents", "credit_cents"
    ):
        moved[month][account] = opening + debit - credit
    closings, month = {}, min([first, *moved])
    while month <= last:
        at.update(moved.get(month, {}))
        if month >= first:
            closings[month] = sum(at.values())
        month += 1 if month % 100 < 12 else 89
    return closings


def open_assets(set_: AccountSet) -> list[dict[str, Any]]:
    """Assets and resources that are still there, with who uses them and under which contract."""
    running = {c.asset_id: c for c in Contract.objects.filter(set=set_, status="active").exclude(asset=None)}
    gone = (Asset.Status.SCRAPPED, Asset.Status.SOLD)
    found = []
    for asset in Asset.objects.filter(set=set_).exclude(status__in=gone).order_by("is_resource", "number"):
        contract = running.get(asset.pk)
        found.append(
            {
                "name": asset.name,
                "location": asset.location,
                "area": asset.area_mu,
                "cents": asset.original_cents,
                "user": contract.party if contract else asset.holder,
                "contract": contract.number if contract else "",
                "ends_on": contract.ends_on if contract else None,
                "status": asset.get_status_display(),
            }
        )
    return found


def open_debts(set_: AccountSet) -> list[dict[str, Any]]:
    """Debts and claims that are not settled."""
    return [
        {
            "counterpart": debt.counterpart,
            "is_person": debt.counterpart_kind in OTHER_SIDE,
            "what": f"{debt.get_direction_display()}：{debt.purpose}" if debt.purpose else debt.get_direction_display(),
            "began_on": debt.began_on,
            "cents": debt.balance_cents,
            "due_on": debt.due_on,
            "paper": debt.decision_no or debt.approval_no,
        }
        for debt in Debt.objects.filter(set=set_, settled_on=None).order_by("direction", "began_on", "pk")
    ]


def open_plan(set_: AccountSet, year: int) -> list[dict[str, Any]]:
    """The budget in force: what is planned for each account, income and spending apart."""
    budget = Budget.objects.filter(set=set_, year=year, is_current=True).first()
    if budget is None:
        return []
    return [
        {
            "note": line.note or line.account.name,
            "account": line.account.name,
            "cents": line.amount_cents,
            "is_income": line.account.code < "510",  # 501 to 509 are income: 财会〔2023〕14号
        }
        for line in budget.lines.select_related("account").order_by("account__code", "pk")
    ]


def payments_by_unit(since: date, before: date) -> list[tuple[int, int, int]]:
    """(unit, payments in cash, payments) of vouchers posted in a stretch; what was reversed is left out."""
    posted = Voucher.objects.filter(
        kind=Voucher.Kind.PAYMENT, state=Voucher.State.POSTED, date__gte=since, date__lt=before, is_reversed=False,
        reverses=None,
    )  # fmt: skip
    counts = {"in_cash": Count("pk", filter=Q(method=Voucher.Method.CASH)), "all": Count("pk")}
    rows = posted.order_by().values("set__unit").annotate(**counts)
    return [(row["set__unit"], row["in_cash"], row["all"]) for row in rows]
