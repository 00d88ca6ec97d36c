"""「责令纠正」 A breach is put right: ordered, answered by the unit, verified by another person."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.clocks import services as clocks
from huilian.engine.locking import locked
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures.guards import require_free, units_of
from huilian.engine.procedures.models import Card, Case
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Correction

WORKDAYS = 3
S = Correction.State


@transaction.atomic
def order_correction(case: Case, *, demand: str, card: Card | None = None, by) -> Correction:
    """Order the unit responsible to put a breach right within three working days (county's default)."""
    require(by, "monitoring.correct")
    require_free(case, by)
    if not case.unit_id:
        raise Invalid(_("No unit answers for this case yet."))
    if case.unit_id in units_of(by):
        raise NotAllowed(_("A unit cannot give orders to itself here."))
    if not demand.strip():
        raise Invalid(_("Write what is to be put right."), field="demand")
    number, at = next_number("JZ", on=now().date()), now()
    clock = clocks.start(
        f"monitoring.correction:{number}", length=WORKDAYS, start_at=at, kind="reply", place=case.place
    )
    made = Correction.objects.create(
        number=number,
        case=case,
        card=card,
        unit=case.unit,
        demand=demand.strip(),
        issued_by=getattr(by, "person", None),
        issued_at=at,
        clock=clock,
    )
    record("monitoring.order", case, by=by, data={"number": number, "demand": made.demand})
    return made


@transaction.atomic
def answer_correction(correction: Correction, answer: str, *, by) -> Correction:
    """The unit says what it has put right."""
    correction = _locked(correction, S.OPEN)
    if correction.unit_id not in units_of(by):
        raise NotAllowed(_("Only the people of %(unit)s may answer.") % {"unit": correction.unit})
    if not answer.strip():
        raise Invalid(_("Write what was put right, and how it can be seen."), field="answer")
    correction.answer, correction.answered_at, correction.state = answer.strip(), now(), S.ANSWERED
    correction.answered_by = getattr(by, "person", None)
    correction.save()
    clocks.stop(correction.clock, at=correction.answered_at, by=by)
    record("monitoring.answer", correction.case, by=by, data={"number": correction.number})
    return correction


@transaction.atomic
def verify_correction(correction: Correction, *, done: bool, remark: str, by) -> Correction:
    """Somebody else than the unit looks whether it is put right; if not, the order stands on a new clock."""
    require(by, "monitoring.correct")
    correction = _locked(correction, S.ANSWERED)
    if correction.unit_id in units_of(by):
        raise NotAllowed(_("A unit cannot verify its own correction."))
    if not remark.strip():
        raise Invalid(_("Write what was found on verifying."), field="remark")
    correction.remark = remark.strip()
    if done:
        correction.state, correction.verified_at = S.DONE, now()
        correction.verified_by = getattr(by, "person", None)
    else:
        correction.state = S.OPEN
        correction.clock = clocks.start(
            f"monitoring.correction:{correction.number}", length=WORKDAYS, start_at=now(), kind="reply"
        )
    correction.save()
    record("monitoring.verify", correction.case, by=by, data={"number": correction.number, "done": done})
    return correction


def _locked(correction: Correction, state: str) -> Correction:
    correction = locked(Correction.objects.select_related("case", "unit", "clock"), correction.pk)
    if correction.state != state:
        raise Conflict(
            _("%(number)s is already “%(state)s”; nothing was changed.")
            % {"number": correction.number, "state": correction.get_state_display()}
        )
    return correction
