"""Campaigns and problems in reach of a person. A unit sees its own problems, once they are taken up."""

from typing import Any

from django.db.models import Q, QuerySet

from huilian.engine.access.queries import may, ways_of

from ..models import Campaign, Car, Caution, Comparison, Occasion, Problem

MANAGE, ANSWER = "campaigns.manage", "campaigns.answer"
NEVER, ALWAYS = Q(pk__in=[]), Q(pk__isnull=False)  # an empty Q would vanish beside an "or"


def ways(model: Any, user: Any, action: str, place: str | None, unit: str | None, own: str | None = None) -> Q:
    """The rows that posts with `action` reach, as one condition."""
    if not may(user, action):
        return NEVER
    found = ways_of(model, user, place=place, unit=unit, own=own, action=action)
    if found is None:
        return ALWAYS
    condition = NEVER
    for way in found:
        condition |= way
    return condition


def visible_campaigns(user: Any) -> QuerySet[Campaign]:
    """Everybody who answers for a campaign reads what it is about; planned ones only who manages them."""
    rows = Campaign.objects.select_related("unit", "kind")
    begun = ~Q(state="planned") if may(user, "campaigns.see") else NEVER
    return rows.filter(ways(Campaign, user, MANAGE, None, "unit") | begun)


def visible_problems(user: Any) -> QuerySet[Problem]:
    rows = Problem.objects.select_related("campaign", "case__procedure", "aspect", "unit", "place")
    told = ways(Problem, user, ANSWER, "place", "unit") & Q(case__isnull=False)
    return rows.filter(ways(Problem, user, MANAGE, "place", "unit") | told)


def visible_comparisons(user: Any) -> QuerySet[Comparison]:
    rows = Comparison.objects.select_related("campaign__kind", "done_by")
    return rows.filter(campaign__in=Campaign.objects.filter(ways(Campaign, user, MANAGE, None, "unit")))


def visible_cautions(user: Any) -> QuerySet[Caution]:
    """Those who propose and decide, within their reach; the person concerned sees the own from the first day."""
    rows = Caution.objects.select_related("person", "unit", "proposer", "decider", "appeal_decider", "problem", "clock")
    own = Q(person__user=user.pk) if getattr(user, "pk", None) else NEVER
    return rows.filter(ways(Caution, user, "campaigns.cautions", "place", "unit") | own)


def visible_occasions(user: Any) -> QuerySet[Occasion]:
    """Who checks, within their reach; the person the own. Nobody else: it is private."""
    rows = Occasion.objects.select_related("kind", "person", "unit", "checker")
    own = Q(person__user=user.pk) if getattr(user, "pk", None) else NEVER
    return rows.filter(ways(Occasion, user, "campaigns.conduct", "place", "unit") | own)


def visible_cars(user: Any) -> QuerySet[Car]:
    return Car.objects.select_related("unit__place").filter(ways(Car, user, "campaigns.cars", "unit__place", "unit"))
