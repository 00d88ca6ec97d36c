"""Who answers an alert: the unit concerned, or where nobody there holds a post that can sign (a cooperative whose
books the village committee's accountant keeps), the unit of the same place in which somebody does."""

from collections.abc import Iterable

from huilian.engine.directory.models import Appointment, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.procedures.queries import current_procedure
from huilian.foundation.now import today


def answering(units: Iterable[Unit | None]) -> dict[int, Unit]:
    """For each unit the one that answers. A unit nobody answers for stays, and those above are told in time."""
    asked = {unit.pk: unit for unit in units if unit is not None}
    signers = set(current_procedure("alert").definition.step("raised").roles)
    places = {unit.place_id for unit in asked.values()}
    able: dict[int, Unit] = {}
    posts = Appointment.objects.filter(in_office(today()), post__unit__place__in=places).select_related("post__unit")
    for appointment in posts.order_by("post__unit__parent_id", "post__unit_id"):
        if signers.intersection(appointment.post.roles):
            able.setdefault(appointment.post.unit_id, appointment.post.unit)
    beside: dict[int, Unit] = {}
    for unit in able.values():
        beside.setdefault(unit.place_id, unit)
    return {
        pk: able.get(pk) or (beside.get(unit.place_id, unit) if _local(unit) else unit) for pk, unit in asked.items()
    }


def _local(unit: Unit) -> bool:
    """Only in a village do units stand in for one another; two bureaus of a county do not."""
    return unit.kind in (Unit.Kind.COOPERATIVE, Unit.Kind.VILLAGE_COMMITTEE, Unit.Kind.COMMUNITY)
