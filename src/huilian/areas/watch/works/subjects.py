"""What an alert of a rule on works is about, and who answers for it."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.directory.models import Person
from huilian.engine.screening.subjects import Subject, register

from .models import Project


def _works(ids: Sequence[str]) -> dict[str, Subject]:
    """The work's own unit answers; a craftsman who is an official somewhere is named."""
    rows = Project.objects.select_related("unit", "place", "township", "contractor")
    rows = rows.filter(pk__in=[i for i in ids if i.isdigit()])
    keys = {row.contractor.key_digest for row in rows if row.contractor and row.contractor.key_digest}
    people = {p.identity_digest: p for p in Person.objects.filter(identity_digest__in=keys)} if keys else {}
    return {
        str(row.pk): Subject(
            unit=row.unit,
            place=row.place,
            township=row.township,
            persons=[people[row.contractor.key_digest]]
            if row.contractor and row.contractor.key_digest in people
            else [],
            label=str(row),
            url=reverse("works-project", args=[row.number]),
            data_owner=row.unit,
        )
        for row in rows
    }


register("project", _works)
register("purchase", _works)
