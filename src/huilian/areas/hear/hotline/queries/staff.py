"""What the staff reads of the hotline. Rows are narrowed by the cases a person may see."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from huilian.engine.procedures.models import Case, State
from huilian.engine.procedures.queries import cases_visible_to
from huilian.foundation.now import now, today

from ..models import Knowledge, Order


def orders_visible_to(user) -> QuerySet[Order]:
    """Orders of the cases `user` may see."""
    return Order.objects.filter(case__in=cases_visible_to(user)).select_related("case", "channel")


def order_numbered(number: str) -> Order:
    """The order of this number, for a procedure that joins areas; the model's DoesNotExist when there is none."""
    return Order.objects.select_related("case").get(case__number=number)


def order_of(case: Case) -> Order:
    """The order behind a case, with what a page shows of it."""
    return Order.objects.select_related("case", "channel", "matter", "refusal_ground", "merged_into__case").get(
        case=case
    )


def answers_in_force() -> QuerySet[Knowledge]:
    """Knowledge that may be told today."""
    return Knowledge.objects.filter(valid_from__lte=today()).filter(Q(valid_to=None) | Q(valid_to__gte=today()))


def open_orders_like(order: Order, user, *, days: int = 60) -> QuerySet[Order]:
    """Open orders of the last `days` from the same township (or without a place): what `order` might repeat."""
    near = Q(case__township=order.case.township_id) | Q(case__township=None)
    return (
        orders_visible_to(user)
        .filter(near, case__state=State.OPEN, case__received_at__gte=now() - timedelta(days=days), merged_into=None)
        .exclude(pk=order.pk)
        .order_by("-case__received_at")
    )


def earlier_orders(phone: str, user, *, days: int = 90) -> QuerySet[Order]:
    """What the same number called about in the last `days`, newest first. Empty for no number."""
    if len(phone.strip()) < 7:
        return Order.objects.none()
    since = now() - timedelta(days=days)
    return (
        orders_visible_to(user)
        .filter(caller_phone=phone.strip(), case__received_at__gte=since)
        .order_by("-case__received_at")
    )
