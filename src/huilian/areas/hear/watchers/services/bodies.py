"""Setting a body up and dissolving it."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of, require, scope_of
from huilian.engine.directory.models import Place
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import today

from ..models import Body, Seat
from .guards import allow, said, standing, taken_over

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@transaction.atomic
def save_body(body: Body | None, values: Mapping, *, by) -> Body:
    """Set a body up, or correct its card. One of a kind stands in an organisation; its two lines differ."""
    require(by, "watchers.examine")
    row = standing(body) if body else Body(code="".join(secrets.choice(LETTERS) for _n in range(8)), set_up_on=today())
    taken_over(row, values)
    reach = scope_of(by, "watchers.examine")
    if not (reach.holds_unit(row.unit) and (reach.holds_unit(row.business) or reach.whole)):
        raise NotAllowed(_("%(unit)s is not in the reach of your post.") % {"unit": row.unit})
    if row.business_id == row.unit_id:
        raise Invalid(_("The body answers in its work to another unit than the one that keeps it."), field="business")
    row.place = row.unit.place
    row.township = copies_of(row.place)["township"]
    if not row.name:
        row.name = f"{row.place.name if row.place.level == Place.Level.VILLAGE else row.unit}{row.kind.name}"
    if Body.objects.filter(kind=row.kind, unit=row.unit, dissolved_on=None).exclude(pk=row.pk).exists():
        raise Conflict(_("%(unit)s has a body of this kind already.") % {"unit": row.unit})
    row.save()
    record("watchers.save_body", row, by=by, data={"name": row.name}, place=row.place.code)
    return row


@transaction.atomic
def dissolve(body: Body, *, reason: str, by) -> Body:
    """Dissolve a body; the terms of all its members end with it."""
    body = standing(body)
    allow(by, "watchers.examine", body)
    reason = said(reason, "reason", 200)
    body.dissolved_on = today()
    body.save(update_fields=["dissolved_on"])
    seats = body.seats.filter(state__in=[Seat.State.NAMED, Seat.State.PASSED, Seat.State.SERVING])
    seats.update(state=Seat.State.ENDED, ended_because=reason)
    record("watchers.dissolve", body, by=by, data={"reason": reason})
    return body
