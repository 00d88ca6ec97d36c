"""What an alert of a rule on repairs is about, and who answers for it."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.screening.subjects import Subject, register

from .models import Finding


def _findings(ids: Sequence[str]) -> dict[str, Subject]:
    rows = Finding.objects.select_related("owner", "place", "township", "case")
    return {
        str(f.pk): Subject(
            unit=f.owner, place=f.place, township=f.township, persons=[], label=str(f),
            url=reverse("inspections-finding", args=[f.number]), data_owner=f.owner,
        )
        for f in rows.filter(pk__in=[i for i in ids if i.isdigit()], told_on__isnull=False)
    }  # fmt: skip


register("finding", _findings)
