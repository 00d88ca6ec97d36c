"""What an alert of a rule on decisions is about, and who answers for it."""

from collections.abc import Sequence

from django.urls import reverse

from huilian.engine.screening.subjects import Subject, register

from .models import AgendaItem, Motion


def _subject(motion: Motion) -> Subject:
    return Subject(
        unit=motion.unit, place=motion.place, township=motion.township, persons=[], label=str(motion),
        url=reverse("desk-case", args=[motion.case.number]), data_owner=motion.unit,
    )  # fmt: skip


JOINED = ("case", "unit", "place", "township")


def _decisions(ids: Sequence[str]) -> dict[str, Subject]:
    found = Motion.objects.select_related(*JOINED).filter(pk__in=[i for i in ids if i.isdigit()])
    return {str(motion.pk): _subject(motion) for motion in found}


def _steps(ids: Sequence[str]) -> dict[str, Subject]:
    joined = [f"motion__{name}" for name in JOINED]
    found = AgendaItem.objects.select_related(*joined).filter(pk__in=[i for i in ids if i.isdigit()])
    return {str(item.pk): _subject(item.motion) for item in found}


register("decision", _decisions)
register("decision_step", _steps)
