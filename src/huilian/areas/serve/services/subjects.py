"""What an alert about services is about: an application, a hand-over, a rating; and the unit that answers for it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Unit
from huilian.engine.look.text import say
from huilian.engine.screening.subjects import Subject, register

from .models import Application, Leg, Rating


def applications(ids: Sequence[str]) -> dict[str, Subject]:
    rows = Application.objects.filter(pk__in=_numbers(ids)).select_related(*_related(""))
    return {str(row.pk): _subject(row, row.point.unit, _("%(number)s %(item)s")) for row in rows}


def legs(ids: Sequence[str]) -> dict[str, Subject]:
    """The unit that has the matter answers for its own time, not the one that passed it on."""
    rows = Leg.objects.filter(pk__in=_numbers(ids)).select_related("unit", *_related("application__"))
    return {str(row.pk): _subject(row.application, row.unit, _("%(number)s %(item)s")) for row in rows}


def ratings(ids: Sequence[str]) -> dict[str, Subject]:
    rows = Rating.objects.filter(pk__in=_numbers(ids)).select_related(*_related("application__"))
    return {
        str(row.pk): _subject(row.application, row.application.point.unit, _("Rating of %(number)s %(item)s"))
        for row in rows
    }


register("application", applications)
register("service_leg", legs)
register("rating", ratings)


# ---------------------------------------------------------------------- inside


def _related(way: str) -> list[str]:
    return [f"{way}{name}" for name in ("case", "item", "point__unit", "point__place", "point__township")]


def _subject(application: Application, unit: Unit, label: str) -> Subject:
    return Subject(
        unit=unit,
        place=application.point.place,
        township=application.point.township,
        label=label % {"number": application.case.number, "item": say(application.item.names)},
        url=reverse("desk-case", args=[application.case.number]),
    )


def _numbers(ids: Sequence[str]) -> list[str]:
    return [key for key in ids if key.isdigit()]
