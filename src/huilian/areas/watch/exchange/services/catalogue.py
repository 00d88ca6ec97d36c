"""The county's own tables of the exchange: periods, rights, ways of transfer, unities, experts."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.trail.services import record
from huilian.foundation.errors import Invalid

from ..models import Board, Expert, Mode, Period, Right, Unity


@transaction.atomic
def save_board(row: Board | None, values: Mapping, *, by) -> Board:
    """Change a board. Boards are four: none is added."""
    if row is None:
        raise Invalid(_("There are four boards; none is added."), field="key")
    return _save(row, values, by)


@transaction.atomic
def save_period(row: Period | None, values: Mapping, *, by) -> Period:
    """Add or change a period. One that a rule sets may only get longer for notices, shorter for the exchange's work."""
    row = row or Period()
    shortest = row.length if row.pk and row.origin == "rule" and row.what in ("notice", "change", "result") else None
    longest = row.length if row.pk and row.origin == "rule" and row.what in ("answer", "contract", "refund") else None
    length = values.get("length", row.length)
    if not length:
        raise Invalid(_("A period has a length."), field="length")
    if (shortest and length < shortest) or (longest and length > longest):
        raise Invalid(
            _("%(basis)s sets %(length)s; the county may only be stricter.")
            % {"basis": row.basis, "length": row.length},
            field="length",
        )
    if row.origin == "rule":
        if values.get("unit", row.unit) != row.unit:
            raise Invalid(_("The unit of this period is set by a rule."), field="unit")
        return _save(row, values, by, origin="rule")
    return _save(row, values, by)


@transaction.atomic
def save_mode(row: Mode | None, values: Mapping, *, by) -> Mode:
    """Change the text of the contract of a way of transfer. The list is closed: none is added."""
    if row is None:
        raise Invalid(_("The list of ways is closed; none is added."), field="key")
    return _save(row, values, by)


@transaction.atomic
def save_right(row: Right | None, values: Mapping, *, by) -> Right:
    """Add or change a tradable right; what is never traded stays so."""
    if row is not None and row.never_because and values.get("is_active") is False:
        raise Invalid(_("What is never traded stays on the list, so that people see why."), field="is_active")
    return _save(row or Right(), values, by)


@transaction.atomic
def save_unity(row: Unity | None, values: Mapping, *, by) -> Unity:
    """Change the standard of a unity. There are five."""
    if row is None:
        raise Invalid(_("There are five unities; none is added."), field="key")
    return _save(row, values, by)


@transaction.atomic
def save_expert(row: Expert | None, values: Mapping, *, by) -> Expert:
    """Enter an expert into the pool or change the card."""
    return _save(row or Expert(), values, by, origin=None)


def _save(row, values: Mapping, by, origin: str | None = "county"):
    require(by, "exchange.catalogue")
    many = {}
    for name, value in values.items():
        if row._meta.get_field(name).many_to_many:
            many[name] = value
        else:
            setattr(row, name, value.strip() if isinstance(value, str) else value)
    if origin:
        row.origin = origin
    row.save()
    for name, value in many.items():
        getattr(row, name).set(value)
    record("exchange.catalogue", row, by=by, data={"what": str(row)})
    return row
