"""What everybody may know: who watches in a village, and whether a certificate is real."""

from django.db.models import Max

from huilian.engine.directory.models import Place

from ..models import Body, Card, DutyReport, Report, Seat, Topic
from ..ways import result_of
from .reach import serving

MOST_TOLD = 20


def watchers_of(place: Place) -> list[tuple[Body, list[Seat]]]:
    """The public bodies of a village with those who serve in them today."""
    bodies = Body.objects.filter(place=place, dissolved_on=None, kind__is_public=True).select_related(
        "kind", "business"
    )
    seats = Seat.objects.filter(serving(), body__in=bodies).select_related("photo")
    return [(body, [seat for seat in seats if seat.body_id == body.pk]) for body in bodies]


def duty_reports_of(place: Place) -> list[DutyReport]:
    """What the village's cadres reported on their newest year, and how those present judged it."""
    found = DutyReport.objects.filter(body__place=place, body__kind__is_public=True)
    newest = found.aggregate(year=Max("year"))["year"]
    return list(found.filter(year=newest)) if newest else []


def told_to(seat: Seat) -> list[tuple[Report, str]]:
    """What a code name reported of late, and what came of it. Sealed words are not among it."""
    return [(report, result_of(report)) for report in seat.reports.select_related("clock")[:MOST_TOLD]]


def certified(code: str) -> Seat | None:
    """The seat of a certificate's code, whether its term runs or is over; None where no such one was issued."""
    found = Seat.objects.filter(check_code=code).exclude(check_code="").select_related("body__kind", "body__business")
    return found.first()


def is_serving(seat: Seat) -> bool:
    return Seat.objects.filter(serving(), pk=seat.pk).exists()


def photo_of(pk: int) -> bytes | None:
    """The photograph of somebody who serves in a public body."""
    found = Seat.objects.filter(serving(), pk=pk, body__kind__is_public=True).select_related("photo").first()
    if found is None or found.photo is None:
        return None
    with found.photo.file.open("rb") as file:
        return file.read()


def body_of_code(code: str) -> Body | None:
    """The body of a report code."""
    return Body.objects.filter(code=code.strip().upper(), dissolved_on=None).select_related("kind", "place").first()


def card_of(token: str) -> Card | None:
    """The reply card of a code, whether it came back or not."""
    return Card.objects.filter(token=token).select_related("mailing__body").first()


def topics() -> list[Topic]:
    """What a report may be about."""
    return list(Topic.objects.filter(is_active=True))


def focuses() -> list[tuple[str, str]]:
    """The four topics of the reply card."""
    return list(Topic.Focus.choices)
