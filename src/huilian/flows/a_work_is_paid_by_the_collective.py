"""「工程款走用款申请」 Money asked for a work becomes a request to pay in the village's books; its end comes back.

Purchases are paid as the village pays everything else: what they are spent on, its accountant says.
"""

from huilian.areas.watch.collective.queries.published import set_at
from huilian.areas.watch.collective.services import following, payments
from huilian.areas.watch.works import hooks, services
from huilian.areas.watch.works.queries.reach import pay_asked_as
from huilian.engine.links.services import link
from huilian.engine.trail.actors import SYSTEM
from huilian.foundation.now import today

IN_PROGRESS = "153"  # 在建工程 (财会〔2023〕14号)
KINDS = {"advance": "预付款", "progress": "进度款", "settlement": "结算款", "retention": "质保金"}


def request(pay, *, by) -> str:
    """The number of the request to pay; "" where the village keeps no books here."""
    work = pay.project
    books = None if work.limit_class.is_purchase else set_at(work.place)
    if books is None:
        return ""
    builder = work.contractor
    made = payments.request(
        books,
        {
            "purpose": f"{work.title}{KINDS[pay.kind]}（{work.number}）",
            "amount_cents": pay.amount_cents,
            "account": IN_PROGRESS,
            "payee": builder.name[:80],
            "payee_kind": "firm" if builder.organisation_id else "person",
            "payee_key": builder.key_digest,
            "method": "bank",
            "decision_no": work.decision_no,
            "contract_no": work.contract_no,
            "fund": work.fund,
            "invoice_no": pay.invoice_no,
            "handler": str(work.overseer or ""),
        },
        by=by,
    )
    link(work.case, made.case, "paid_by", by=by)
    return made.case.number


def heard(payment, end: str) -> None:
    """The voucher was posted, or the request came to nothing."""
    pay = pay_asked_as(payment.case.number)
    if pay is None:
        return
    if end == "paid":
        on = payment.voucher.paid_on or payment.voucher.date
        services.note_paid(pay, on=max(min(on, today()), pay.asked_on), voucher_no=str(payment.voucher), by=SYSTEM)
    else:
        services.drop_pay(pay, note=payment.case.number, by=SYSTEM)


hooks.pay.append(request)
following.listeners.append(heard)
