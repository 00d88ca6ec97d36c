"""What becomes of a request to pay when its voucher is posted or thrown away: called by those services."""

from collections.abc import Callable, Iterable

from huilian.engine.procedures import services as cases
from huilian.engine.trail.actors import SYSTEM

from ..models import BankAccount, Payment, Voucher
from ..queries.bank import SOURCE
from .matching import match_open

# Whoever made a request to pay for somebody else hears how it ends: "paid" or "dropped". Filled by flows at start-up.
listeners: list[Callable[[Payment, str], None]] = []


def tell(payment: Payment, end: str) -> None:
    """A request has ended, by its voucher or without one."""
    for listener in listeners:
        listener(payment, end)


def follow_posted(posted: Iterable[Voucher], *, by) -> None:
    """Close the requests whose vouchers were posted just now."""
    posted = list(posted)
    for payment in Payment.objects.filter(voucher__in=[v.pk for v in posted]).select_related("case", "voucher"):
        if payment.case.step == "posting":
            cases.move(payment.case, "post", by=SYSTEM, data={"voucher": str(payment.voucher), "posted_by": str(by)})
            tell(payment, "paid")
    for account in _drafted_from([v.source for v in posted]):
        match_open(account, by=SYSTEM)


def _drafted_from(sources: Iterable[str]) -> list[BankAccount]:
    """The accounts from whose entries these vouchers were drafted."""
    keys = [source.removeprefix(SOURCE) for source in sources if source.startswith(SOURCE)]
    lines = [int(key) for key in keys if key.isdecimal()]
    return list(BankAccount.objects.filter(lines__in=lines).distinct()) if lines else []


def let_go(voucher: Voucher) -> None:
    """The request waits to be entered again."""
    payment = Payment.objects.select_for_update(of=("self",)).filter(voucher=voucher).select_related("case").first()
    if payment:
        payment.voucher = None
        payment.save(update_fields=["voucher"])
        cases.move(payment.case, "unbook", by=SYSTEM)
