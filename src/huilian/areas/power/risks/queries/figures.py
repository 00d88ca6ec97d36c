"""Figures of a stretch of time across the county, and how fast signals were answered."""

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from .. import rules
from ..models import Disposal, Intervention, Measure, RiskPoint, Signal

TOP, YEAR = 5, timedelta(days=365)


def figures(since: date, before: date) -> dict:
    """Everything a report of the stretch counts; `before` is the day after its last."""
    points = RiskPoint.objects.filter(state=RiskPoint.State.FINAL).order_by()
    grades = dict(points.values_list("grade").annotate(n=Count("pk")))
    signals = Signal.objects.filter(arose_on__gte=since, arose_on__lt=before).order_by()
    earlier = Signal.objects.filter(arose_on__gte=since - (before - since), arose_on__lt=since)
    top = RiskPoint.objects.annotate(n=Count("signals", filter=Q(signals__in=signals))).filter(n__gt=0)
    measures = Measure.objects.filter(point=OuterRef("pk"), ended_on=None)
    disposals = Disposal.objects.exclude(kind=Disposal.Kind.HANDOVER)
    return {
        "points": points.count(),
        "units": points.values("unit").distinct().count(),
        "grades": {str(grade): grades.get(grade, 0) for grade in (1, 2, 3)},
        "signals": signals.count(),
        "signals_before": earlier.count(),
        "linked": signals.filter(state=Signal.State.LINKED).count(),
        "open": signals.filter(state=Signal.State.OPEN).count(),
        "served": disposals.filter(served_on__gte=since, served_on__lt=before).count(),
        "checked": disposals.filter(checked_on__gte=since, checked_on__lt=before, effective=True).count(),
        "interventions": Intervention.objects.filter(done_on__gte=since, done_on__lt=before).count(),
        "top": [
            [point.number, point.name, point.unit.name, point.n]
            for point in top.select_related("unit").order_by("-n", "number")[:TOP]
        ],
        "stale": points.filter(reviewed_on__lt=before - YEAR).count(),
        "bare": points.filter(~Exists(measures)).count(),
        **lead(signals),
    }


def lead(signals: QuerySet[Signal]) -> dict:
    """Medians of the days from signal to notice and from notice to correction, with how many they rest on."""
    days = signals.filter(state=Signal.State.LINKED, noticed_on__isnull=False)
    times = [rules.lead_times(*row) for row in days.values_list("arose_on", "noticed_on", "corrected_on")]
    corrected = [t["to_correction"] for t in times if t["to_correction"] is not None]
    return {
        "to_notice": rules.middle([t["to_notice"] for t in times]),
        "noticed": len(times),
        "to_correction": rules.middle(corrected),
        "corrected": len(corrected),
    }
