"""Figures of a campaign: for its report, and what everybody may read of them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from .. import rules
from ..models import Campaign, Measure, Problem
from ..rules import SMALLEST

__all__ = ["SMALLEST", "Line", "by_aspect", "by_unit", "counts", "published", "taken_up", "totals"]


@dataclass(frozen=True)
class Line:
    """One measure with its total; `shown` is what everybody may read (None: too small)."""

    measure: Measure
    total: int
    shown: int | None


def taken_up(campaign: Campaign) -> QuerySet[Problem]:
    """Problems that count: accepted, not withdrawn."""
    return campaign.problems.filter(case__isnull=False).exclude(case__state="withdrawn")


def counts(campaign: Campaign) -> dict[str, int]:
    """Problems proposed, accepted, signed off, late."""
    return campaign.problems.aggregate(
        proposed=Count("pk", filter=Q(state="proposed")),
        refused=Count("pk", filter=Q(state="refused")),
        accepted=Count("pk", filter=Q(case__isnull=False) & ~Q(case__state="withdrawn")),
        closed=Count("pk", filter=Q(case__state="closed")),
        late=Count("pk", filter=Q(case__state="open", case__colour=3)),
    )


def by_aspect(campaign: Campaign) -> list[tuple[str, int, int]]:
    """(aspect, accepted, signed off), in the order of the kind."""
    rows = taken_up(campaign).order_by().values("aspect")
    found = {r["aspect"]: r for r in rows.annotate(n=Count("pk"), done=Count("pk", filter=Q(case__state="closed")))}
    return [(str(a), found[a.pk]["n"], found[a.pk]["done"]) for a in campaign.kind.aspects.all() if a.pk in found]


def by_unit(campaign: Campaign) -> list[dict]:
    """Problems of each unit: accepted, signed off, late."""
    rows = taken_up(campaign).order_by().values("unit__name")
    return list(
        rows.annotate(
            n=Count("pk"),
            done=Count("pk", filter=Q(case__state="closed")),
            late=Count("pk", filter=Q(case__state="open", case__colour=3)),
        ).order_by("-n", "unit__name")
    )


def totals(campaign: Campaign) -> list[Line]:
    """Each measure with the sum of its entries that stand."""
    rows = campaign.measures.annotate(total=Sum("entries__amount", filter=Q(entries__struck="")))
    return [
        Line(m, m.total or 0, (m.total or 0) if m.is_money else rules.shown(m.total or 0)) for m in rows.order_by("pk")
    ]


def published() -> list[dict]:
    """What everybody may read: numbers only, small ones hidden."""
    found = []
    rows = Campaign.objects.filter(published_on__isnull=False).select_related("unit", "kind")
    for campaign in rows.prefetch_related("joint").order_by("-starts_on")[:20]:
        have = counts(campaign)
        found.append(
            {
                "campaign": campaign,
                "accepted": rules.shown(have["accepted"]),
                "closed": rules.shown_part(have["closed"], have["accepted"]),
                "lines": totals(campaign),
            }
        )
    return found
