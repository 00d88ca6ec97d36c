"""What an alert on petitions is about, and who answers for it: a matter, a township, a unit. Never a person."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.directory.models import Place, Unit
from huilian.engine.screening.subjects import Subject, register

from .models import Petition


def _ids(ids: Sequence[str]) -> list[str]:
    return [i for i in ids if i.isdigit()]


def _matters(ids: Sequence[str]) -> dict[str, Subject]:
    rows = Petition.objects.select_related("case__unit", "case__township", "place").filter(pk__in=_ids(ids))
    return {
        str(row.pk): Subject(
            unit=row.case.unit, place=row.case.place, township=row.case.township, label=row.case.number,
            url=reverse("desk-case", args=[row.case.number]), data_owner=row.case.unit,
        )
        for row in rows
    }  # fmt: skip


def _townships(ids: Sequence[str]) -> dict[str, Subject]:
    units = {
        unit.place_id: unit
        for unit in Unit.objects.filter(place__in=_ids(ids), kind=Unit.Kind.TOWNSHIP_GOVERNMENT, valid_to=None)
    }
    return {
        str(place.pk): Subject(
            unit=units.get(place.pk), place=place, township=place, label=place.name, url=reverse("petitions-home"),
            data_owner=units.get(place.pk),
        )
        for place in Place.objects.filter(pk__in=_ids(ids))
    }  # fmt: skip


def _units(ids: Sequence[str]) -> dict[str, Subject]:
    return {
        str(unit.pk): Subject(
            unit=unit, place=unit.place, label=unit.name, url=reverse("petitions-home"), data_owner=unit
        )
        for unit in Unit.objects.select_related("place").filter(pk__in=_ids(ids))
    }  # fmt: skip


register("petition", _matters)
register("petition_township", _townships)
register("petition_unit", _units)
