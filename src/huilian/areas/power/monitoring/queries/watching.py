"""Running cases, cards, corrections and evaluations in reach of a person; counts across units and months."""

from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from huilian.engine.access.queries import scope
from huilian.engine.procedures.models import Card, Case, State
from huilian.engine.procedures.queries import cases_visible_to

from ..models import ActComplaint, CheckRecord, Correction, Evaluation, Penalty, VideoPoint

SEE = "monitoring.see"


def live_cases(user, *, kind: str = "", colour: int | None = None, unit: int | None = None) -> QuerySet[Case]:
    """Open cases, the most urgent first."""
    found = cases_visible_to(user).filter(state=State.OPEN).select_related("procedure", "unit", "lamp", "place")
    if kind:
        found = found.filter(kind=kind)
    if colour is not None:
        found = found.filter(colour=colour, is_paused=False)
    if unit:
        found = found.filter(unit=unit)
    return found.order_by("is_paused", "-colour", "due_on", "id")


def _in_reach(model, user, unit: str = "unit") -> QuerySet:
    return scope(model.objects.all(), user, place=f"{unit}__place", unit=unit, action=SEE)


def visible_cards(user) -> QuerySet[Card]:
    return _in_reach(Card, user).select_related("case__procedure", "unit").order_by("-raised_at", "-pk")


def visible_corrections(user) -> QuerySet[Correction]:
    return _in_reach(Correction, user).select_related("case", "unit", "clock")


def visible_evaluations(user) -> QuerySet[Evaluation]:
    return _in_reach(Evaluation, user).select_related("unit")


def visible_checks(user) -> QuerySet[CheckRecord]:
    return _in_reach(CheckRecord, user).select_related("unit", "by")


def visible_points(user) -> QuerySet[VideoPoint]:
    return _in_reach(VideoPoint, user).select_related("unit", "place")


def visible_complaints(user) -> QuerySet[ActComplaint]:
    cases = cases_visible_to(user).filter(kind="act_complaint").order_by()
    return ActComplaint.objects.filter(case__in=cases).select_related("case__unit", "about")


def visible_penalties(user) -> QuerySet[Penalty]:
    cases = cases_visible_to(user).filter(kind="penalty").order_by()
    return Penalty.objects.filter(case__in=cases).select_related("case__unit", "matter", "band")


def cube(user, *, since: date, until: date, by: str) -> list[dict]:
    """Cases received since `since` and before `until` by unit, kind, township or month: closed, late, cards."""
    cases = cases_visible_to(user).filter(received_at__date__gte=since, received_at__date__lt=until).order_by()
    name = {"unit": "unit__name", "kind": "kind", "township": "township__name", "month": "month"}[by]
    if by == "month":
        cases = cases.annotate(month=TruncMonth("received_at"))
    late = Q(clock__stopped_at__gt=F("clock__due_at")) | Q(state=State.OPEN, colour=3)
    rows = cases.values(label=F(name)).annotate(
        received=Count("pk", distinct=True),
        closed=Count("pk", filter=~Q(state=State.OPEN), distinct=True),
        late=Count("pk", filter=late, distinct=True),
        yellow=Count("cards", filter=Q(cards__colour=1), distinct=True),
        red=Count("cards", filter=Q(cards__colour=3), distinct=True),
    )
    return list(rows.order_by("label" if by == "month" else "-received", "label"))
