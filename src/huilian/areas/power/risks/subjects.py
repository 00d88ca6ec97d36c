"""What an alert on a risk point is about: its unit answers."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.screening.subjects import Subject, register

from .models import RiskPoint


def _points(ids: Sequence[str]) -> dict[str, Subject]:
    rows = RiskPoint.objects.select_related("unit__place").filter(pk__in=[i for i in ids if i.isdigit()])
    return {
        str(row.pk): Subject(
            unit=row.unit, place=row.unit.place, township=None, persons=[], label=row.number,
            url=reverse("risks-point", args=[row.number]), data_owner=row.unit,
        )
        for row in rows
    }  # fmt: skip


register("risk_point", _points)
