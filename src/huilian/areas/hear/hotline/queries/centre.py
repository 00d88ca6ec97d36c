"""What waits at the hotline centre, and who may open a citizen's number."""

from collections.abc import Iterable

from django.db.models import QuerySet

from huilian.engine.access.queries import may
from huilian.engine.look.counting import counts_up_to
from huilian.engine.procedures.guards import units_of
from huilian.engine.procedures.models import Case, CaseStep, State
from huilian.engine.procedures.queries import cases_visible_to

from ..models import Order
from .staff import orders_visible_to

INCOMING = ("raised", "sorting")  # steps at which a matter waits to be sent out
CALLING = ("calling",)


def may_open_caller(order: Order, user) -> bool:
    """Whether `user` may open the citizen's whole number: the centre, or the unit in charge unless secrecy is asked."""
    if may(user, "hotline.see_caller"):
        return True
    case = order.case
    return not order.keeps_secret and case.is_open and bool(case.unit_id) and case.unit_id in units_of(user)


def orders_at(steps: tuple[str, ...], user) -> QuerySet[Order]:
    """Open orders standing at one of `steps`, the one whose step is due first on top."""
    return (
        orders_visible_to(user)
        .filter(case__state=State.OPEN, case__step__in=steps)
        .select_related("case__procedure", "case__place", "case__township", "case__unit", "case__handler", "matter")
        .order_by("case__received_at", "pk")
    )


def open_stays(cases: Iterable[Case]) -> dict[int, CaseStep]:
    """The running stay of each case at its step, with its clock, by case."""
    stays = CaseStep.objects.filter(case__in=[c.pk for c in cases], left_at=None).select_related("clock")
    return {stay.case_id: stay for stay in stays.order_by("id")}


def waiting_at_centre(user, steps: Iterable[str]) -> list[QuerySet[Case]]:
    """The matters that wait at each of `steps`, one list a step, as each walks an index of its own."""
    seen = cases_visible_to(user).filter(kind="hotline", state=State.OPEN)
    return [seen.filter(step=step) for step in steps]


def counts_at_centre(user) -> dict[str, int]:
    """How many matters wait at each step that is the centre's, in one query, none beyond 10,001."""
    steps = (*INCOMING, *CALLING)
    return dict(zip(steps, counts_up_to(waiting_at_centre(user, steps)), strict=True))
