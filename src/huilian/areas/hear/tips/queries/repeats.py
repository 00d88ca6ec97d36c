"""Tips that may be the same one: found by digests, never by reading."""

from django.db.models import Q, QuerySet

from ..models import Mark, Tip

PERSON = (Mark.Kind.NAME, Mark.Kind.IDENTITY)


def _of(tip: Tip, *kinds: str):
    return tip.marks.filter(kind__in=kinds).values("digest")


def same_reporter(tip: Tip) -> Tip | None:
    """The first tip of the same reporter about the same person or unit."""
    by = Tip.objects.filter(marks__kind=Mark.Kind.REPORTER, marks__digest__in=_of(tip, Mark.Kind.REPORTER))
    about = Mark.objects.filter(kind__in=(*PERSON, Mark.Kind.UNIT), digest__in=_of(tip, *PERSON, Mark.Kind.UNIT))
    found = by.filter(pk__in=about.values("tip"), pk__lt=tip.pk).order_by("pk").first()
    return (found.repeat_of or found) if found else None


def alike(tip: Tip) -> QuerySet[Tip]:
    """Other tips that name the same person, or are of the same field about the same unit, whoever wrote them and
    however they came: for the officer to link. Nothing is merged by itself."""
    persons = Mark.objects.filter(kind__in=PERSON, digest__in=_of(tip, *PERSON)).values("tip")
    condition = Q(pk__in=persons)
    if tip.unit_id and tip.field:
        condition |= Q(unit=tip.unit_id, field=tip.field)
    return Tip.objects.filter(condition).exclude(pk=tip.pk).order_by("pk")
