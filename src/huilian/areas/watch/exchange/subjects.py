"""What an alert of a rule on trades is about, and who answers for it."""

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from huilian.engine.directory.models import Place, Unit
from huilian.engine.screening.subjects import Subject, register
from huilian.foundation.errors import Invalid

from .models import Lot
from .services.guards import unit_with


def _lots(ids: Sequence[str]) -> dict[str, Subject]:
    """The owner answers for what is traded, at which price, on what ground."""
    rows = Lot.objects.select_related("case", "owner", "place", "township")
    return {
        str(row.pk): Subject(
            unit=row.owner,
            place=row.place,
            township=row.township,
            label=str(row),
            url=reverse("desk-case", args=[row.number]),
            data_owner=row.owner,
        )
        for row in rows.filter(pk__in=[i for i in ids if i.isdigit()])
    }


def _biddings(ids: Sequence[str]) -> dict[str, Subject]:
    """For who took part, and how, the exchange answers: it examined the bidders and holds their papers."""
    exchange = _exchange()
    return {key: replace(lot, unit=exchange or lot.unit, data_owner=exchange) for key, lot in _lots(ids).items()}


def _exchange() -> Unit | None:
    """The unit of the exchange's clerks; None while the post is vacant."""
    county = Place.objects.filter(level=Place.Level.COUNTY, valid_to=None).first()
    try:
        return unit_with("exchange_clerk", county) if county else None
    except Invalid:
        return None


register("lot", _lots)
register("bidding", _biddings)
