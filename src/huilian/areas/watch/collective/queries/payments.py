"""Requests to pay: which a person sees, what they must be told before they agree, what waits to be entered."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, QuerySet

from huilian.engine.procedures.models import Case

from ..models import Payment
from ..rules import blocking
from ..rules.blocking import Notice
from .bank import sets_visible_to
from .blocking import paid_to
from .budget import left_for
from .chart import tiers_on


def payment_of(case: Case) -> Payment:
    """The request behind a case, with what its page shows."""
    related = ("set", "account", "voucher", "asked_by", "head_by", "stamped_by", "upper_by")
    return Payment.objects.select_related(*related, "case").get(case=case)


def payments_visible_to(user) -> QuerySet[Payment]:
    return Payment.objects.filter(set__in=sets_visible_to(user)).select_related("case__procedure", "set", "account")


def notices(payment: Payment) -> list[Notice]:
    """What must be known before one agrees: payments to the same payee, a budget that does not cover it."""
    day = payment.case.received_at.date()
    found = [
        blocking.splitting(
            payment.amount_cents,
            paid_to(payment.set, payment.payee_norm, day + timedelta(days=1), but=payment.pk),
            tiers_on(day),
        )
    ]
    if payment.account.element in ("expense", "cost") and (left := left_for(payment.set, day.year, payment.account)):
        found.append(blocking.over_budget(payment.amount_cents, *left))
    return [notice for notice in found if notice]


def to_book(user) -> QuerySet[Payment]:
    """Agreed requests that wait for their voucher with this person, the oldest first."""
    rows = Payment.objects.filter(set__in=sets_visible_to(user, "collective.enter"))
    return rows.filter(case__step="booking", case__state="open").select_related("case", "set", "account").order_by("pk")


def waiting_requests(sets: Iterable[int]) -> dict[int, int]:
    """How many agreed requests wait for their voucher, by account set."""
    rows = Payment.objects.filter(set__in=list(sets), case__step="booking", case__state="open").order_by()
    return dict(rows.values_list("set").annotate(n=Count("pk")))
