"""Who belongs to a body on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from huilian.engine.directory.models import Place

from ..models import Quorum, Seat


def seats_on(place: Place, body: Quorum, day: date) -> QuerySet[Seat]:
    """Those on the roll of a body on `day`: whoever died or left that day or before is not among them."""
    return Seat.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), place=place, body=body.key, starts_on__lte=day)
