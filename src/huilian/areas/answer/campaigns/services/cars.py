"""「公车」 Cars, orders to drive, fuel, sightings: kept by the unit's keeper, read by rules."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.calendar.queries import calendar_for, hours_for
from huilian.engine.numbering.services import next_number
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import CHINA, now

from ..models import Car, Fuelling, Sighting, Trip
from .guards import allow

KEEP = "campaigns.cars"


@transaction.atomic
def save_car(row: Car | None, values: Mapping[str, Any], *, by: Any) -> Car:
    """Enter a car of the unit, or change what is known of it."""
    if row:
        allow(by, KEEP, row.unit)
    row = row or Car()
    for name, value in values.items():
        setattr(row, name, value.strip().upper() if name == "number" else value)
    allow(by, KEEP, row.unit)
    row.save()
    record("campaigns.car", row, by=by, data={"plate": row.number})
    return row


def _add(row: Any, values: Mapping[str, Any], by: Any) -> Any:
    """The row with its values, moments to the minute, for a car that `by` keeps."""
    for name, value in values.items():
        setattr(row, name, value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value)
    allow(by, KEEP, row.car.unit)
    return row


def _kept(row: Any, verb: str, by: Any) -> Any:
    row.save()
    record(f"campaigns.{verb}", row.car, by=by, data={"plate": row.car.number})
    touch({int(row.car.unit.place.code)})
    return row


@transaction.atomic
def order_trip(*, by: Any, **values: Any) -> Trip:
    """「派车单」 Order a drive. It is entered before it begins; one entered later does not cover the drive."""
    trip = _add(Trip(number=next_number("PC"), entered_at=now()), values, by)
    if trip.returns_at <= trip.leaves_at:
        raise Invalid(_("The car returns before it leaves."), field="returns_at")
    if trip.car.trips.filter(leaves_at__lt=trip.returns_at, returns_at__gt=trip.leaves_at).exists():
        raise Conflict(_("%(car)s is on another drive then.") % {"car": trip.car})
    return _kept(trip, "trip", by)


@transaction.atomic
def fill(*, by: Any, **values: Any) -> Fuelling:
    """Enter fuel by its receipt."""
    row = _add(Fuelling(), values, by)
    if row.litres <= 0 or row.at > now():
        raise Invalid(_("Enter what was filled, when it was filled."), field="litres")
    row.minute = int(row.at.timestamp()) // 60
    return _kept(row, "fill", by)


@transaction.atomic
def see(*, by: Any, **values: Any) -> Sighting:
    """Enter a sighting; whether it lies in office hours is told from the calendar and the hours of the place."""
    row = _add(Sighting(), values, by)
    if row.at > now():
        raise Invalid(_("That moment has not come yet."), field="at")
    place = row.car.unit.place
    spans = list(hours_for(place).spans(row.at.astimezone(CHINA).date(), calendar_for(place)))
    row.minute = int(row.at.timestamp()) // 60
    row.off_duty = not spans or not spans[0][0] <= row.at <= spans[-1][1]  # the noon rest is no time off duty
    return _kept(row, "see", by)
