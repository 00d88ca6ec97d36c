"""What an alert of a rule on audits is about, and who answers for it."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.directory.models import Appointment, Unit
from huilian.engine.directory.queries import units_at
from huilian.engine.screening.subjects import Subject, register

from .models import Finding


def _findings(ids: Sequence[str]) -> dict[str, Subject]:
    rows = Finding.objects.select_related("audit__unit", "audit__place", "audit__township", "audit__auditor")
    return {
        str(f.pk): Subject(
            unit=f.audit.unit, place=f.audit.place, township=f.audit.township, persons=[],
            label=f"{f.number} {f.audit.place}", url=reverse("audits-audit", args=[f.audit.number]),
            data_owner=f.audit.auditor,
        )
        for f in rows.filter(pk__in=[i for i in ids if i.isdigit()])
    }  # fmt: skip


def _heads(ids: Sequence[str]) -> dict[str, Subject]:
    """Who left without an audit is named nowhere; the township that should have audited answers."""
    rows = Appointment.objects.select_related("post__unit__place__parent")
    found = {}
    for held in rows.filter(pk__in=[i for i in ids if i.isdigit()]):
        place = held.post.unit.place
        town = place.parent
        government = units_at(town, kind=Unit.Kind.TOWNSHIP_GOVERNMENT).first() if town else None
        found[str(held.pk)] = Subject(
            unit=government or held.post.unit, place=place, township=town, label=str(held.post),
            url=reverse("audits-home"),
        )  # fmt: skip
    return found


register("audit_finding", _findings)
register("village_head", _heads)
