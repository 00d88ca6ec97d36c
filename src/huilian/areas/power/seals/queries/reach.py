"""Seals, requests and loans in reach of a person; what strangers may know."""

from datetime import date

from django.db.models import Count, QuerySet
from django.utils.crypto import constant_time_compare

from huilian.engine.access.queries import may, scope
from huilian.engine.directory.models import Place
from huilian.foundation.errors import Invalid
from huilian.foundation.now import today
from huilian.foundation.wording import _

from ..codes import of_waiting
from ..models import Loan, Print, Request, Seal


def visible_seals(user, action: str = "seals.see") -> QuerySet[Seal]:
    return scope(Seal.objects.select_related("unit", "place", "keeper"), user, action=action)


def visible_requests(user) -> QuerySet[Request]:
    found = Request.objects.select_related("case__procedure", "seal__unit", "document_class", "applicant")
    return found.filter(seal__in=scope(Seal.objects.all(), user, action="seals.see").order_by())


def visible_prints(user) -> QuerySet[Print]:
    found = Print.objects.select_related("seal__unit", "request__case", "request__document_class")
    return found.filter(seal__in=scope(Seal.objects.all(), user, action="seals.see").order_by())


def visible_loans(user) -> QuerySet[Loan]:
    found = Loan.objects.select_related("seal__unit", "taker", "companion", "decided_by")
    return found.filter(seal__in=scope(Seal.objects.all(), user, action="seals.see").order_by())


def usable_seals(user) -> QuerySet[Seal]:
    """Seals that `user` may ask for now."""
    return visible_seals(user, "seals.ask").filter(state__in=[Seal.State.IN_USE, Seal.State.LENT])


def kept_by(user) -> QuerySet[Seal]:
    """Seals in the hands of `user`."""
    person = getattr(user, "person", None)
    return visible_seals(user).filter(keeper=person) if person and may(user, "seals.keep") else Seal.objects.none()


def status_by_code(number: str, code: str) -> Request:
    """The request somebody waits for, by its number and their code. One answer for a wrong number and a wrong code."""
    found = (
        Request.objects.select_related("case__procedure", "document_class").filter(case__number=number.strip()).first()
    )
    if found is None or not constant_time_compare(found.code_digest, of_waiting(code)):
        raise Invalid(_("Number and code do not belong together. Look at your slip again."), field="code")
    return found


def public_counts(place: Place, year: int | None = None) -> list[dict]:
    """What everybody may know of a village's seals in a year: how often, by class of papers. No names, no titles."""
    year = year or today().year
    rows = Request.objects.filter(
        seal__place=place, prints__at__gte=date(year, 1, 1), prints__at__lt=date(year + 1, 1, 1)
    )
    return list(
        rows.values("document_class__name", "document_class__name_en")
        .annotate(requests=Count("pk", distinct=True), prints=Count("prints"))
        .order_by("-prints")
    )
