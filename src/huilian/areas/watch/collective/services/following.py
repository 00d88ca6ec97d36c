"""What becomes of a request to pay when its voucher is posted or thrown away: called by those services."""

from collections.abc import Iterable

from huilian.engine.procedures import services as cases
from huilian.engine.trail.actors import SYSTEM

from ..models import Payment, Voucher


def follow_posted(posted: Iterable[Voucher], *, by) -> None:
    """Close the requests whose vouchers were posted just now."""
    for payment in Payment.objects.filter(voucher__in=[v.pk for v in posted]).select_related("case", "voucher"):
        if payment.case.step == "posting":
            cases.move(payment.case, "post", by=SYSTEM, data={"voucher": str(payment.voucher), "posted_by": str(by)})


def let_go(voucher: Voucher) -> None:
    """The request waits to be entered again."""
    payment = Payment.objects.select_for_update(of=("self",)).filter(voucher=voucher).select_related("case").first()
    if payment:
        payment.voucher = None
        payment.save(update_fields=["voucher"])
        cases.move(payment.case, "unbook", by=SYSTEM)
