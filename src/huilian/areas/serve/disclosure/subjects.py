"""What an alert about publicity is about: the duty or the question behind its subject. The village answers for both."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from huilian.engine.look.text import say
from huilian.engine.screening.subjects import Subject, register, resolve

from .models import Obligation, Question

Row = Obligation | Question


def duties(ids: Sequence[str]) -> dict[str, Subject]:
    """Subjects of `disclosure:<id>`."""
    rows = Obligation.objects.filter(pk__in=_numbers(ids)).select_related("place", "kind")
    return _spoken(rows, _duty, lambda row: ("disclosure-duty", [row.pk]))


def questions(ids: Sequence[str]) -> dict[str, Subject]:
    """Subjects of `question:<id>`."""
    rows = Question.objects.filter(pk__in=_numbers(ids)).select_related("place", "item", "case")
    return _spoken(rows, _asked, lambda row: ("disclosure-item", [row.item.number]))


register("disclosure", duties)
register("question", questions)


# ---------------------------------------------------------------------- inside


def _duty(row: Obligation) -> str:
    return _("%(kind)s (%(period)s)") % {"kind": say(row.kind.names), "period": row.matter or row.period}


def _asked(row: Question) -> str:
    return _("Question %(number)s under “%(item)s”") % {"number": row.case.number, "item": row.item.title}


def _numbers(ids: Sequence[str]) -> list[str]:
    return [key for key in ids if key.isdigit()]


def _spoken(
    rows: Iterable[Row], label: Callable[..., str], page: Callable[..., tuple[str, list]]
) -> dict[str, Subject]:
    known = list(rows)
    villages = resolve({(f"village:{row.place.code}", int(row.place.code)) for row in known})
    return {
        str(row.pk): replace(villages[f"village:{row.place.code}"], label=label(row), url=_url(*page(row)))
        for row in known
    }


def _url(name: str, args: list) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
