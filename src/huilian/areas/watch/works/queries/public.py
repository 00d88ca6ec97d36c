"""What everybody may know of a work: what, how much, who, when, pictures. Craftsmen by their masked name."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from huilian.engine.directory.models import Place
from huilian.foundation.masking import mask_name

from ..models import Contractor, Event, Photo, Project
from ..photos import public_copy
from .pages import Sum_, events_of, public_works, stages, sums


@dataclass(frozen=True)
class Work:
    """A work as its public page shows it."""

    project: Project
    builder: str
    stages: list[dict[str, Any]]
    sums: list[Sum_]
    events: list[Event]
    quotes: int
    changes: list[Any]


def works_in(place: Place) -> QuerySet[Project]:
    """The works of a village that are public, the latest first."""
    return public_works(place).order_by("-pk")


def work_called(number: str) -> Work | None:
    """The public work with this number; None before its choice is published."""
    project = public_works().filter(number=number).first()
    if project is None:
        return None
    return Work(
        project,
        builder_of(project),
        stages(project),
        sums(project),
        events_of(project),
        project.quotes.count(),
        list(project.changes.filter(state="approved")),
    )


def builder_of(project: Project) -> str:
    builder = project.contractor
    if builder is None:
        return ""
    return mask_name(builder.name) if builder.kind == Contractor.Kind.CRAFTSMAN else builder.name


def picture(number: str, pk: int) -> bytes | None:
    """A photograph of a public work, without what the camera wrote into it."""
    found = Photo.objects.filter(pk=pk, event__project__in=public_works().filter(number=number)).first()
    if found is None:
        return None
    with found.attachment.file.open("rb") as file:
        return public_copy(file)
