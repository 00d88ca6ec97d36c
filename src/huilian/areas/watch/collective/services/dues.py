"""「收款核销」「应收」 What came in for an amount due: laid on it, taken off again; what is due and has not come."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from huilian.foundation import money
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.names import norm

from ..models import AccountSet, Contract, Distribution, DistributionRow, Due, Receipt, Voucher
from ..rules.contracts import allocate
from .keeping import fresh, note


@transaction.atomic
def settle(
    contract: Contract, voucher: Voucher, *, amounts: dict[int, int] | None = None, payer: str = "", by: Any
) -> list[Receipt]:
    """Lay the money of a posted voucher on what is due under a contract.

    `amounts` says how many cents go to which position; without it the oldest open amounts come first. The payer is
    who stands on the voucher, whether or not that is the other party of the contract. Returns the settlements.
    """
    contract = fresh(contract, by)
    if contract.status == Contract.Status.DRAFT:
        raise Conflict(_("Nothing is due under a draft. Put it in force first."))
    voucher = Voucher.objects.select_for_update().get(pk=voucher.pk)
    free = _free(contract, voucher)
    payer = payer.strip() or voucher.payee or contract.party
    dues = list(contract.dues.select_for_update().order_by("due_on", "position"))
    if amounts is None:
        wanted = allocate([d.amount_cents - d.paid_cents for d in dues], free)
        amounts = {d.position: part for d, part in zip(dues, wanted, strict=True) if part}
    by_position = {d.position: d for d in dues}
    if not amounts or not sum(amounts.values()):
        raise Invalid(_("Nothing is open under this contract that this money could settle."), field="amounts")
    if sum(amounts.values()) > free:
        raise Invalid(
            _("Of this voucher only %(free)s yuan are not used yet.") % {"free": money.text(free)}, field="amounts"
        )
    made = []
    for position, cents in sorted(amounts.items()):
        due = by_position.get(position)
        if due is None or cents <= 0:
            raise Invalid(_("There is no such amount due, or it is not above zero."), field="amounts")
        if cents > due.amount_cents - due.paid_cents:
            raise Invalid(
                _("Of the amount due on %(day)s only %(left)s yuan are open.")
                % {"day": due.due_on, "left": money.text(due.amount_cents - due.paid_cents)},
                field="amounts",
            )
        day = voucher.paid_on or voucher.date
        made.append(Receipt.objects.create(due=due, voucher=voucher, amount_cents=cents, on=day, payer=payer))
        due.paid_cents += cents
        due.paid_on = max(due.paid_on or day, day)
        due.payer, due.payer_norm = payer, norm(payer)
        due.save(update_fields=["paid_cents", "paid_on", "payer", "payer_norm"])
    note(
        "collective.settle_due",
        contract,
        by=by,
        amount=sum(amounts.values()),
        voucher=str(voucher),
        other_payer=norm(payer) != contract.party_norm,
    )
    return made


@transaction.atomic
def undo_settlement(receipt: Receipt, *, reason: str, by: Any) -> None:
    """Take a settlement off again, because it was laid on the wrong amount."""
    found = Receipt.objects.select_related("due__contract", "voucher").filter(pk=receipt.pk).first()
    if found is None:
        raise Conflict(_("This settlement was undone already."))
    contract = fresh(found.due.contract, by)
    if not reason.strip():
        raise Invalid(_("Write why it is undone."), field="reason")
    due = Due.objects.select_for_update().get(pk=found.due_id)
    found.delete()
    _reckon(due)
    note(
        "collective.undo_settlement",
        contract,
        by=by,
        amount=found.amount_cents,
        voucher=str(found.voucher),
        reason=reason.strip(),
    )


def release(voucher: Voucher) -> None:
    """Take everything off again that a voucher settled, because it is being reversed. The caller records that."""
    for receipt in list(voucher.receipts.select_related("due")):
        due = Due.objects.select_for_update().get(pk=receipt.due_id)
        receipt.delete()
        _reckon(due)
    Due.objects.filter(accrued=voucher).update(accrued=None)
    rows = DistributionRow.objects.filter(voucher=voucher)
    Distribution.objects.filter(pk__in=rows.values("distribution"), state="paid").update(state="booked")
    rows.update(voucher=None, paid_on=None)
    Distribution.objects.filter(voucher=voucher).update(voucher=None)  # it may be booked again


def _reckon(due: Due) -> None:
    """What was paid on an amount due follows from its settlements."""
    last = due.receipts.order_by("-on", "-pk").first()
    due.paid_cents = due.receipts.aggregate(n=Sum("amount_cents"))["n"] or 0
    due.paid_on = last.on if last else None
    due.payer = last.payer if last else ""
    due.payer_norm = norm(due.payer)
    due.save(update_fields=["paid_cents", "paid_on", "payer", "payer_norm"])


def unused_cents(voucher: Voucher) -> int:
    """How much of a voucher has not been laid on an amount due yet."""
    used = voucher.receipts.aggregate(n=Sum("amount_cents"))["n"] or 0
    return max(0, voucher.total_cents - used)


def _free(contract: Contract, voucher: Voucher) -> int:
    wanted = Voucher.Kind.RECEIPT if contract.direction == Contract.Direction.INCOME else Voucher.Kind.PAYMENT
    if voucher.set_id != contract.set_id:
        raise Invalid(_("The voucher belongs to other books."), field="voucher")
    if voucher.state != Voucher.State.POSTED or voucher.is_reversed or voucher.reverses_id:
        raise Invalid(_("Only a posted voucher that was not reversed settles anything."), field="voucher")
    if voucher.kind != wanted:
        raise Invalid(
            _("A contract that brings in money is settled by receipts, one that costs money by payments."),
            field="voucher",
        )
    free = unused_cents(voucher)
    if not free:
        raise Conflict(_("This voucher is used up: all of it has been laid on amounts due."))
    return free


def due_and_unbooked(set_: AccountSet, upto: date) -> Iterable[Due]:
    """Amounts of income contracts that are due, unpaid, and not booked as receivable."""
    return (
        Due.objects.filter(
            contract__set=set_,
            contract__direction=Contract.Direction.INCOME,
            contract__status__in=[Contract.Status.ACTIVE, Contract.Status.ENDED, Contract.Status.TERMINATED],
            due_on__lte=upto,
            accrued=None,
            paid_cents__lt=F("amount_cents"),
        )
        .select_related("contract")
        .order_by("due_on", "pk")
    )


def candidates(contract: Contract) -> QuerySet[Voucher]:
    """Posted vouchers that could settle what is due: those of the party or the contract first, then the newest."""
    wanted = Voucher.Kind.RECEIPT if contract.direction == Contract.Direction.INCOME else Voucher.Kind.PAYMENT
    fits = Q(payee_norm=contract.party_norm) | Q(contract_no=contract.number)
    used = Coalesce(Sum("receipts__amount_cents"), 0)
    found = Voucher.objects.filter(
        set=contract.set_id, kind=wanted, state=Voucher.State.POSTED, is_reversed=False, reverses=None
    ).annotate(used=used, fits=Case(When(fits, then=0), default=1))
    return found.filter(used__lt=F("total_cents")).order_by("fits", "-date", "-pk")
