"""What an alert on a case, a penalty or a unit's day is about, and who answers for it."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.directory.models import Unit
from huilian.engine.procedures.models import Case
from huilian.engine.screening.subjects import Subject, register

from .models import Penalty


def _of_case(case: Case) -> Subject:
    return Subject(
        unit=case.unit, place=case.place, township=case.township, persons=[], label=case.number,
        url=reverse("desk-case", args=[case.number]), data_owner=case.unit,
    )  # fmt: skip


def _ids(ids: Sequence[str]) -> list[str]:
    return [i for i in ids if i.isdigit()]


def _matters(ids: Sequence[str]) -> dict[str, Subject]:
    rows = Case.objects.select_related("unit", "place", "township").filter(pk__in=_ids(ids))
    return {str(row.pk): _of_case(row) for row in rows}


def _penalties(ids: Sequence[str]) -> dict[str, Subject]:
    rows = Penalty.objects.select_related("case__unit", "case__place", "case__township").filter(pk__in=_ids(ids))
    return {str(row.pk): _of_case(row.case) for row in rows}


def _units(ids: Sequence[str]) -> dict[str, Subject]:
    return {
        str(unit.pk): Subject(
            unit=unit, place=unit.place, township=None, persons=[], label=unit.name, url=reverse("monitoring-live"),
            data_owner=unit,
        )
        for unit in Unit.objects.select_related("place").filter(pk__in=_ids(ids))
    }  # fmt: skip


register("matter", _matters)
register("penalty", _penalties)
register("handling_unit", _units)
