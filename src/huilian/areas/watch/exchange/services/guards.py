"""Who may act on a lot, the row locked until the act is over, and the periods that hold for it."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from huilian.engine import locking
from huilian.engine.access.queries import require, scope_of
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Appointment, Person, Place, Unit
from huilian.engine.directory.powers import in_office
from huilian.engine.directory.roles import catalogue
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.definition import Limit, Limits
from huilian.engine.screening.services import touch
from huilian.engine.trail.actors import Actor
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import rules
from ..models import Lot, Period
from ..queries.periods import spans_of

PUBLIC = Actor("citizen", None, "访客")


def allow(by, action: str, place: Place) -> Person | None:
    """The person behind `by`, who may do `action` at this place; None for the system. Raises NotAllowed."""
    require(by, action)
    if not scope_of(by, action).holds_place(place):
        raise NotAllowed(_("%(place)s does not belong to your post.") % {"place": place})
    return getattr(by, "person", None)


def locked(lot: Lot, *steps: str, going: bool = True) -> Lot:
    """The lot as it stands, locked; Conflict unless it is at one of `steps` and, if `going`, not suspended."""
    joined = Lot.objects.select_related("case", "board", "right", "mode", "place", "owner", "township")
    lot = locking.locked(joined, lot.pk)
    if steps and lot.case.step not in steps:
        raise Conflict(_("%(lot)s has moved on; look at it again.") % {"lot": lot})
    if going and lot.suspended_at:
        raise Conflict(_("%(lot)s is suspended. Let it go on first.") % {"lot": lot})
    return lot


def unit_with(role: str, place: Place | None) -> Unit:
    """The unit whose people act next. Raises Invalid where nobody holds the post, so that nothing lies unseen."""
    found = Appointment.objects.filter(in_office(today()), post__unit__place=place).select_related("post__unit")
    for appointment in found.order_by("pk"):
        if role in appointment.post.roles:
            return appointment.post.unit
    raise Invalid(
        _("Nobody in %(place)s holds the post of %(role)s. Have somebody appointed, then go on.")
        % {"place": place or "", "role": catalogue()[role].name}
    )


def span(lot: Lot, what: Period.What) -> rules.Span:
    """The period that holds for this lot. Raises Invalid when the county's table has none."""
    found = rules.span_for(spans_of(lot.board_id, what), method=lot.method, right=lot.right.key, cents=lot.start_cents)
    if found is None:
        raise Invalid(
            _("The table of periods says nothing on “%(what)s” for %(board)s. Have it entered first.")
            % {"what": Period.What(what).label, "board": lot.board}
        )
    return found


def end_of(lot: Lot, what: Period.What, start: date | None = None) -> date:
    """Last day of a period of this lot whose event fell on `start` (today if not given)."""
    return span(lot, what).end(start or today(), calendar_for(lot.place))


def within(lot: Lot, what: Period.What) -> Limits:
    """The clock of the step a lot is about to enter."""
    found = span(lot, what)
    return Limits(step=Limit(found.length, found.unit))


def moved(lot: Lot, verb: str, by, **more) -> Lot:
    """Make the move and let the screening look at the place again."""
    lot.case = cases.move(lot.case, verb, by=by, **more)
    changed(lot)
    return lot


def changed(lot: Lot) -> None:
    touch([int(lot.place.code)])


def noted(verb: str, lot: Lot, by, **data) -> None:
    """An act that leaves the lot at its step."""
    record(f"exchange.{verb}", lot.case, by=by, data=data, place=lot.place.code)
    changed(lot)


def past(moment: datetime | None) -> bool:
    """Whether a moment of the server's own clock has come."""
    return moment is not None and now() >= moment


def written(text: str, field: str, sentence: str) -> str:
    """`text` without blanks round it; Invalid with `sentence` when nothing is left."""
    if not (text := str(text or "").strip()):
        raise Invalid(sentence, field=field)
    return text
