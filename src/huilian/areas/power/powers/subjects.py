"""What an alert about a use of power is about: the case behind its subject, for which the power's own unit answers."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.screening.subjects import Subject, register

from .models import ItemCase
from .queries.lists import township_of


def cases(ids: Sequence[str]) -> dict[str, Subject]:
    """Subjects of `item_case:<id>`."""
    numbers = [key for key in ids if key.isdigit()]
    rows = ItemCase.objects.filter(pk__in=numbers).select_related("case", "unit__place__parent")
    return {
        str(row.pk): Subject(
            unit=row.unit,
            place=row.unit.place,
            township=township_of(row.unit),
            label=str(row.case),
            url=reverse("desk-case", args=[row.case.number]),
        )
        for row in rows
    }


register("item_case", cases)
