"""What stands on the page of a request to pay: its facts, the notices before signing, who said yes."""

from django.utils.translation import gettext as _

from huilian.engine.look.text import say

from .queries.chart import tier_for
from .queries.cited import cited
from .queries.payments import notices, payment_of


def facts(case, user) -> dict:
    """The request in pairs; the account number of a person is cut to its last four digits."""
    payment = payment_of(case)
    tier = case.definition.case_class(case.class_key)
    return {
        "payment": payment,
        "tier_name": say(tier.name) if tier else "",
        "account_end": payment.payee_account[-4:],
        "power": cited(case),
    }


def warnings(case, user) -> dict:
    """What must be known before one signs; asked anew at every step until the money is paid."""
    payment = payment_of(case)
    return {"notices": notices(payment) if case.is_open and payment.voucher_id is None else []}


def marks(case, user) -> dict:
    payment = payment_of(case)
    rows = [
        (_("Asked for"), payment.asked_by, case.received_at),
        (_("Village's head"), payment.head_by, payment.head_at),
        (_("Supervision committee"), payment.stamped_by, payment.stamped_at),
    ]
    tier = tier_for(payment.amount_cents, case.received_at.date())
    if payment.upper_at or (tier and tier.needs_township):
        rows.append((_("Approval of the township"), payment.upper_by, payment.upper_at))
    return {"rows": [{"label": label, "who": who, "at": at} for label, who, at in rows], "payment": payment}
