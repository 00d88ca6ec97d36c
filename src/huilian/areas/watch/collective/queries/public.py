"""What others take from the books: money in and out line by line for the villagers, totals, facts about vouchers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from huilian.engine.look.text import say

from ..models import AccountSet, Line, Voucher
from ..rules.vouchers import MONEY
from .balances import spans


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One line of money in or out. A reversal stands with negative amounts. Masking the payee is the publisher's."""

    voucher_id: int
    position: int
    date: date
    number: int
    summary: str
    account: str  # code of what it was for
    category: str  # its name, with the account above it
    in_cents: int
    out_cents: int
    payee: str
    payee_kind: str
    handler: str
    approver: str
    method: str
    is_reversed: bool
    reverses_id: int | None


def public_lines(set: AccountSet, month: int) -> list[PublicLine]:
    """Every posted line for which money came in or went out in `month`, in the order of the vouchers.

    All lines together come to exactly what cash and bank moved (`month_totals`), handing over of merged books aside.
    """
    lines = (
        _money_lines(set, month)
        .select_related("voucher__approved_by", "account__parent")
        .order_by("voucher__number", "position")
    )
    return [_public(line) for line in lines]


def _money_lines(set: AccountSet, month: int):
    vouchers = Voucher.objects.filter(
        set=set, month=month, state=Voucher.State.POSTED, kind__in=(Voucher.Kind.RECEIPT, Voucher.Kind.PAYMENT)
    )
    lines = Line.objects.filter(voucher__in=vouchers)
    for number in MONEY:
        lines = lines.exclude(account__code__startswith=str(number))
    return lines


def _public(line: Line) -> PublicLine:
    v, account = line.voucher, line.account
    above = account.parent
    name = say({"zh": account.name, "en": account.name_en or account.name})
    if above:
        name = f"{say({'zh': above.name, 'en': above.name_en})} · {name}"
    return PublicLine(
        voucher_id=v.pk,
        position=line.position,
        date=v.date,
        number=v.number or 0,
        summary=line.summary or v.summary,
        account=account.code,
        category=name,
        in_cents=line.credit_cents,
        out_cents=line.debit_cents,
        payee=v.payee or line.party,
        payee_kind=v.payee_kind,
        handler=v.handler,
        approver=v.approved_by.name if v.approved_by else "",
        method=v.method,
        is_reversed=v.is_reversed,
        reverses_id=v.reverses_id,
    )


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """Cash and bank over one month. `moved_cents`: what came by handing over of books, neither in nor out."""

    opening_cents: int
    in_cents: int
    out_cents: int
    closing_cents: int
    lines: int
    vouchers: int

    @property
    def moved_cents(self) -> int:
        return self.closing_cents - self.opening_cents - self.in_cents + self.out_cents


def month_totals(set: AccountSet, month: int) -> MonthTotals:
    """The totals below `public_lines`, and what cash and bank stood at before and after, from the balances."""
    money = [s for c, s in spans(set, month, month).items() if int(c[:3]) in MONEY]
    lines = _money_lines(set, month)
    moved = lines.aggregate(into=Sum("credit_cents"), out=Sum("debit_cents"))
    return MonthTotals(
        opening_cents=sum(s.opening for s in money),
        in_cents=moved["into"] or 0,
        out_cents=moved["out"] or 0,
        closing_cents=sum(s.closing for s in money),
        lines=lines.count(),
        vouchers=Voucher.objects.filter(set=set, month=month, state=Voucher.State.POSTED).count(),
    )


def voucher_facts(ids: Iterable[int]) -> dict[int, dict[str, object]]:
    """What other parts say of vouchers, by key: whose, when, how much, who acted. Names of payees are not masked."""
    rows = Voucher.objects.filter(pk__in=list(ids)).select_related(
        "set__unit", "set__place", "set__township", "prepared_by", "reviewed_by", "approved_by", "stamped_by"
    )
    return {
        v.pk: {
            "label": str(v),
            "number": v.number,
            "month": v.month,
            "date": v.date,
            "kind": v.kind,
            "state": v.state,
            "summary": v.summary,
            "total_cents": v.total_cents,
            "method": v.method,
            "payee": v.payee,
            "payee_kind": v.payee_kind,
            "decision_no": v.decision_no,
            "contract_no": v.contract_no,
            "handler": v.handler,
            "is_reversed": v.is_reversed,
            "set": v.set,
            "unit": v.set.unit,
            "place": v.set.place,
            "township": v.set.township,
            "village_code": v.set.village_code,
            "persons": [p for p in (v.prepared_by, v.reviewed_by, v.approved_by, v.stamped_by) if p],
            "digest": v.digest,
            "url": f"/desk/collective/vouchers/{v.pk}/",
        }
        for v in rows
    }
