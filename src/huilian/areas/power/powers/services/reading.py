"""Knowing the lists: reading is signed, units look at themselves by the standards."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.directory.models import Unit
from huilian.engine.procedures.guards import units_of
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import rules
from ..models import Exclusion, Reading, SelfCheck, StandardPoint
from ..queries.lists import in_force
from .lists import user_of


@transaction.atomic
def sign(unit: Unit, *, by) -> int:
    """Sign having read every list in force of a unit one works in; returns how many were new."""
    require(by, "powers.see")
    person = getattr(by, "person", None)
    if person is None or unit.pk not in units_of(by):
        raise NotAllowed(_("Sign for a unit you work in; %(unit)s is not one.") % {"unit": unit})
    signed = 0
    for listing in in_force(unit).values():
        _row, new = Reading.objects.get_or_create(
            listing=listing, unit=unit, person=person, defaults={"signed_at": now()}
        )
        signed += new
    if not signed:
        raise Conflict(_("You have signed every list in force of %(unit)s already.") % {"unit": unit})
    record(
        "powers.sign", f"powers.unit:{unit.pk}", by=by, data={"unit": unit.name, "lists": signed}, place=unit.place.code
    )
    return signed


@transaction.atomic
def check_self(unit: Unit, standard: str, marks: list[tuple[int, str]], *, by) -> SelfCheck:
    """A unit looks at itself by one standard: (mark 0 to 2, note) for every point. One a day; the last counts."""
    require(by, "powers.run")
    if unit.pk not in units_of(by):
        raise NotAllowed(_("Check a unit you work in; %(unit)s is not one.") % {"unit": unit})
    points = list(StandardPoint.objects.filter(standard=standard))
    if len(marks) != len(points) or not points or any(mark not in (0, 1, 2) for mark, _note in marks):
        raise Invalid(_("Give every point of the standard a mark."))
    if any(mark < 2 and not note.strip() for mark, note in marks):
        raise Invalid(_("Say beside each point that is not fully met what is missing."))
    written = [
        {"name": {"zh": p.name, "en": p.name_en}, "mark": mark, "note": note.strip()}
        for p, (mark, note) in zip(points, marks, strict=True)
    ]
    score = rules.score(mark for mark, _note in marks)
    check, _made = SelfCheck.objects.update_or_create(
        unit=unit, standard=standard, checked_on=today(),
        defaults={"marks": written, "score": score, "checked_by": user_of(by)},
    )  # fmt: skip
    said = {"unit": unit.name, "standard": standard, "score": score}
    record("powers.check", check, by=by, data=said, place=unit.place.code)
    return check


@transaction.atomic
def save_point(point: StandardPoint | None, values: dict, *, by) -> StandardPoint:
    """Add or change a point of a standard; it is the county's own afterwards."""
    return _save(StandardPoint, point, values, "powers.standard", by)


@transaction.atomic
def save_exclusion(row: Exclusion | None, values: dict, *, by) -> Exclusion:
    """Say which units stand under no list."""
    return _save(Exclusion, row, values, "powers.exclusion", by)


def _save(model, row, values: dict, verb: str, by):
    require(by, "powers.publish")
    kept = model.objects.select_for_update().get(pk=row.pk) if row else model()
    for name, value in {**values, "origin": "county"}.items():
        setattr(kept, name, value)
    kept.save()
    record(verb, kept, by=by, data={"what": str(kept)})
    return kept
