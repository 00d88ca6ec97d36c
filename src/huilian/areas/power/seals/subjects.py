"""What an alert of a rule on seals is about, and who answers for it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huilian.engine.screening.subjects import Subject, register

from .models import Loan, Print, Request, Seal


def _subject(seal: Seal, label: str, url: str) -> Subject:
    return Subject(
        unit=seal.unit, place=seal.place, township=seal.township, persons=[], label=label, url=url, data_owner=seal.unit
    )


def _rows(model, ids: Sequence[str], *more: str):
    joined = ("seal__unit", "seal__place", "seal__township", *more)
    return model.objects.select_related(*joined).filter(pk__in=[i for i in ids if i.isdigit()])


def _requests(ids: Sequence[str]) -> dict[str, Subject]:
    return {
        str(r.pk): _subject(r.seal, str(r), reverse("desk-case", args=[r.case.number]))
        for r in _rows(Request, ids, "case")
    }


def _of_seal(model, words: str):
    def found(ids: Sequence[str]) -> dict[str, Subject]:
        return {
            str(row.pk): _subject(row.seal, _(words) % {"seal": row.seal}, reverse("seals-seal", args=[row.seal_id]))
            for row in _rows(model, ids)
        }

    return found


register("seal_request", _requests)
register("seal_print", _of_seal(Print, gettext_noop("Print of %(seal)s")))
register("seal_loan", _of_seal(Loan, gettext_noop("Loan of %(seal)s")))
