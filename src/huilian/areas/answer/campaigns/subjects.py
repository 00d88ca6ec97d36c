"""What an alert of a rule on official cars is about, and who answers for it."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.access.queries import copies_of
from huilian.engine.screening.subjects import Subject, register

from .models import Car


def _cars(ids: Sequence[str]) -> dict[str, Subject]:
    rows = Car.objects.select_related("unit__place__parent").filter(pk__in=[i for i in ids if i.isdigit()])
    return {
        str(car.pk): Subject(
            unit=car.unit, place=car.unit.place, township=copies_of(car.unit.place)["township"], label=car.number,
            url=reverse("register", args=["campaign-cars"]), data_owner=car.unit,
        )
        for car in rows
    }  # fmt: skip


register("car", _cars)
