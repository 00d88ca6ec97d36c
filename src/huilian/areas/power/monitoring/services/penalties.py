"""「行政处罚」 From source to execution, with the fine computed from its band."""

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.locking import locked
from huilian.engine.look.text import money
from huilian.engine.procedures import services as cases
from huilian.engine.procedures.guards import units_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed

from ..models import Penalty, PenaltyBand, PenaltyMatter
from ..rules import is_within

NOTED = ("investigated", "heard", "executed", "drop", "return")


@transaction.atomic
def open_penalty(matter: PenaltyMatter, *, party: str, source: str, by) -> Penalty:
    """Register the source of a penalty case with the unit that may punish the offence."""
    require(by, "penalty.file")
    if not matter.is_active:
        raise Invalid(_("This offence is no longer in the list."), field="matter")
    if matter.unit_id not in units_of(by):
        raise NotAllowed(_("Only the people of %(unit)s punish this offence.") % {"unit": matter.unit})
    if not party.strip() or not source.strip():
        raise Invalid(_("Write who is concerned and where the case comes from."), field="party")
    case = cases.open_case(
        "penalty", title=matter.name, by=by, place=matter.unit.place, unit=matter.unit, class_key="ordinary"
    )
    return Penalty.objects.create(case=case, matter=matter, party=party.strip(), source=source.strip())


@transaction.atomic
def file_penalty(penalty: Penalty, *, by, expected: int | None = None) -> Penalty:
    """File the case: the ninety days begin (行政处罚法 2021, §60)."""
    penalty = _locked(penalty)
    penalty.case = cases.move(penalty.case, "file", by=by, expected=expected)
    return penalty


@transaction.atomic
def move_penalty(penalty: Penalty, verb: str, *, note: str, by, expected: int | None = None) -> Penalty:
    """A step that only needs its note: evidence taken, party heard, executed, sent back, dropped."""
    if verb not in NOTED:
        raise Invalid(_("This step needs more than a note."))
    penalty = _locked(penalty)
    penalty.case = cases.move(penalty.case, verb, by=by, note=note.strip(), expected=expected)
    if verb == "investigated":
        penalty.facts = note.strip()
        penalty.save(update_fields=["facts"])
    return penalty


@transaction.atomic
def propose(
    penalty: Penalty, *, band: PenaltyBand, amount_cents: int, deviation: str = "", by, expected: int | None = None
) -> Penalty:
    """Propose a fine. Outside the band it needs its reason, and the legal reviewer's yes is then a yes to that too."""
    penalty = _locked(penalty)
    if band.matter_id != penalty.matter_id:
        raise Invalid(_("This band belongs to another offence."), field="band")
    if not is_within(amount_cents, band.low_cents, band.high_cents) and not deviation.strip():
        raise Invalid(
            _("“%(band)s” allows %(low)s to %(high)s yuan. Leaving it needs its reason.")
            % {"band": band.name, "low": money(band.low_cents), "high": money(band.high_cents)},
            field="deviation",
        )
    penalty.band, penalty.amount_cents, penalty.deviation = band, amount_cents, deviation.strip()
    penalty.proposed_by, penalty.reviewed_by = getattr(by, "person", None), None
    penalty.save()
    penalty.case = cases.move(
        penalty.case, "propose", by=by, expected=expected, data={"cents": amount_cents, "band": band.name}
    )
    return penalty


@transaction.atomic
def review(penalty: Penalty, *, by, expected: int | None = None) -> Penalty:
    """The legal reviewer, never who proposed, finds the proposal in order."""
    penalty = _locked(penalty)
    person = getattr(by, "person", None)
    if person is not None and person.pk == penalty.proposed_by_id:
        raise NotAllowed(_("You proposed this yourself, so somebody else must review it."))
    penalty.reviewed_by = person
    penalty.save(update_fields=["reviewed_by"])
    penalty.case = cases.move(penalty.case, "pass_review", by=by, expected=expected)
    return penalty


@transaction.atomic
def decide_penalty(penalty: Penalty, *, by, expected: int | None = None) -> Penalty:
    """The head decides on the reviewed proposal."""
    penalty = _locked(penalty)
    person = getattr(by, "person", None)
    if penalty.reviewed_by_id is None or penalty.amount_cents is None:
        raise Conflict(_("The legal review is still missing."))
    if person is not None and person.pk in (penalty.proposed_by_id, penalty.reviewed_by_id):
        raise NotAllowed(_("You had a hand in the proposal, so somebody else must decide."))
    penalty.decided_by = person
    penalty.save(update_fields=["decided_by"])
    penalty.case = cases.move(penalty.case, "decide", by=by, expected=expected, data={"cents": penalty.amount_cents})
    return penalty


def _locked(penalty: Penalty) -> Penalty:
    return locked(Penalty.objects.select_related("case", "matter__unit", "band"), penalty.pk)
