"""「领导接访·包案」 Leaders receive people in turn; a leader leads a matter that is worth it to its signed end."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Person, Unit
from huilian.engine.numbering.services import next_number
from huilian.engine.procedures.guards import units_of
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from .. import codes, rules
from ..models import Charge, ChargeNote, Petition, Slot, Visit
from .guards import CITIZEN, allow, locked, locked_row, said

S = Visit.State


@transaction.atomic
def save_slot(slot: Slot | None, values: Mapping, *, by) -> Slot:
    """Set a slot up or correct it; a remote one names the township whose room it joins to the county."""
    slot = locked_row(slot) if slot else Slot()
    for name in ("leader", "unit", "room", "is_remote", "town", "starts_at", "ends_at", "seats"):
        if name in values:
            setattr(slot, name, values[name])
    allow(by, "petitions.receive", unit=slot.unit)
    slot.starts_at, slot.ends_at = (at.replace(second=0, microsecond=0) for at in (slot.starts_at, slot.ends_at))
    if slot.ends_at <= slot.starts_at:
        raise Invalid(_("A slot ends after it begins."), field="ends_at")
    if slot.is_remote and slot.town is None:
        raise Invalid(_("Choose the township whose room joins in."), field="town")
    if slot.seats < max(1, slot.visits.exclude(state=S.GONE).count() if slot.pk else 0):
        raise Invalid(_("More people are booked than there are places."), field="seats")
    slot.save()
    record("petitions.save_slot", slot, by=by, data={"room": slot.room, "remote": slot.is_remote})
    return slot


@transaction.atomic
def cancel_slot(slot: Slot, *, reason: str, by) -> Slot:
    """The leader cannot come: those booked are told by telephone, each by name on the list."""
    slot = locked_row(slot)
    allow(by, "petitions.receive", unit=slot.unit)
    if slot.visits.exclude(state__in=[S.BOOKED, S.GONE]).exists():
        raise Conflict(_("People have been received already; the slot took place."))
    slot.cancelled = said(reason, "reason")[:200]
    slot.save(update_fields=["cancelled"])
    record("petitions.cancel_slot", slot, by=by, data={"reason": slot.cancelled})
    return slot


@transaction.atomic
def book(
    slot: Slot,
    *,
    name: str,
    matter: str,
    phone: str = "",
    people: int = 1,
    petition: Petition | None = None,
    by=CITIZEN,
) -> Visit:
    """Book a place in the queue of a slot, by an office for somebody or by the citizen."""
    slot = locked_row(slot)
    if by is not CITIZEN:
        allow(by, "petitions.take")
    if slot.cancelled or slot.ends_at <= now():
        raise Conflict(_("This slot is over or cancelled. Choose another one."))
    last = slot.visits.aggregate(last=Max("turn"))["last"] or 0
    if slot.visits.exclude(state=S.GONE).count() >= slot.seats:
        raise Conflict(_("All places of this slot are taken. Choose another one."))
    if not 1 <= people <= rules.MOST_REPRESENTATIVES:
        raise Invalid(
            _("Several people send at most %(most)s representatives.") % {"most": rules.MOST_REPRESENTATIVES},
            field="people",
        )
    made = Visit.objects.create(
        slot=slot, number=next_number("JF", on=today()), turn=last + 1, name=said(name, "name")[:40],
        phone=phone.strip()[:32], matter=said(matter, "matter", 4)[:200], people=people, petition=petition,
    )  # fmt: skip
    record("petitions.book", made, by=by, data={"turn": made.turn})
    return made


class Booked(NamedTuple):
    """A place in the queue, with the code of whoever booked it, which is shown once and not kept."""

    visit: Visit
    code: str


@transaction.atomic
def book_online(slot: Slot, **given) -> Booked:
    """A citizen books without an account; `given` as `book` takes it. Raises as `book`."""
    visit, code = book(slot, **given, by=CITIZEN), codes.new_code()
    visit.code_digest = codes.digest(code)
    visit.save(update_fields=["code_digest"])
    return Booked(visit, code)


@transaction.atomic
def give_up(visit: Visit) -> Visit:
    """Whoever booked with a code, which the caller has checked, does not come: the place is free again."""
    visit = locked_row(visit, S.BOOKED)
    visit.state = S.GONE
    return _kept(visit, "petitions.give_up", CITIZEN)


@transaction.atomic
def arrive(visit: Visit, *, by) -> Visit:
    """The person is here and waits their turn."""
    visit = _visit(visit, by, S.BOOKED)
    visit.state, visit.came_at = S.HERE, now()
    return _kept(visit, "petitions.arrive", by)


@transaction.atomic
def miss(visit: Visit, *, by) -> Visit:
    """The person did not come."""
    visit = _visit(visit, by, S.BOOKED)
    visit.state = S.ABSENT
    return _kept(visit, "petitions.miss", by)


@transaction.atomic
def note_talk(visit: Visit, *, record_text: str, result: str, unit: Unit, due_on: date, by) -> Visit:
    """What was said, what the leader decided, who carries it out by which day."""
    visit = _visit(visit, by, S.HERE)
    if due_on < today():
        raise Invalid(_("The day lies in the past."), field="due_on")
    visit.record, visit.result = said(record_text, "record_text", 4), said(result, "result", 4)
    visit.unit, visit.due_on, visit.state = unit, due_on, S.MET
    return _kept(visit, "petitions.note_talk", by, {"due": due_on.isoformat(), "unit": unit.name})


@transaction.atomic
def carry_out(visit: Visit, *, outcome: str, by) -> Visit:
    """The unit tells what came of the leader's decision."""
    visit = locked_row(visit, S.MET)
    if visit.unit_id not in units_of(by):
        allow(by, "petitions.receive", unit=visit.slot.unit)
    visit.outcome, visit.done_on, visit.state = said(outcome, "outcome", 4), today(), S.DONE
    return _kept(visit, "petitions.carry_out", by)


def _visit(visit: Visit, by, *states: str) -> Visit:
    visit = locked_row(visit, *states)
    allow(by, "petitions.receive", unit=visit.slot.unit)
    return visit


def _kept(row, verb: str, by, data: dict | None = None):
    row.save()
    record(verb, row, by=by, data=data or {})
    return row


@transaction.atomic
def put_in_charge(
    petition: Petition, leader: Person, *, marks: Mapping[str, int], reason: str, due_on: date, by
) -> Charge:
    """A leader leads the matter. Below the points of the house the reason says why all the same."""
    petition = locked(petition)
    allow(by, "petitions.charge")
    if not petition.case.is_open:
        raise Conflict(_("%(number)s is closed.") % {"number": petition.case.number})
    if Charge.objects.filter(petition=petition).exists():
        raise Conflict(_("A leader leads this matter already."))
    try:
        score = rules.worth(marks)
    except ValueError:
        raise Invalid(_("Each ground is marked 0, 1 or 2."), field="marks") from None
    least = 2 if score >= rules.LEAD_FROM else 10
    if due_on < today():
        raise Invalid(_("The day lies in the past."), field="due_on")
    made = Charge.objects.create(
        petition=petition, leader=leader, score=score, marks=dict(marks), reason=said(reason, "reason", least)[:200],
        since=today(), due_on=due_on,
    )  # fmt: skip
    record("petitions.put_in_charge", petition.case, by=by, data={"leader": leader.name, "points": score})
    return made


@transaction.atomic
def note_charge(charge: Charge, *, kind: str, text: str, by) -> ChargeNote:
    """A visit to the people or a step forward, noted by the leader or the unit that works for them."""
    charge = _charge(charge)
    _leads_or_handles(charge, by)
    if kind not in ChargeNote.Kind.values:
        raise Invalid(_("Choose a visit or a step."), field="kind")
    made = ChargeNote.objects.create(charge=charge, kind=kind, on=today(), text=said(text, "text", 4))
    record("petitions.note_charge", charge.petition.case, by=by, data={"kind": kind})
    return made


@transaction.atomic
def propose_end(charge: Charge, *, result: str, by) -> Charge:
    """The unit proposes to close; there must have been a visit to the people."""
    charge = _charge(charge)
    _leads_or_handles(charge, by)
    if not charge.notes.filter(kind=ChargeNote.Kind.VISIT).exists():
        raise Conflict(_("The leader has not visited the people yet."))
    charge.result, charge.asked_close_on = said(result, "result", 4), today()
    charge.save(update_fields=["result", "asked_close_on"])
    record("petitions.propose_end", charge.petition.case, by=by, data={})
    return charge


@transaction.atomic
def sign_end(charge: Charge, *, by) -> Charge:
    """The leader signs; nobody signs for them."""
    charge = _charge(charge)
    if getattr(getattr(by, "person", None), "pk", None) != charge.leader_id:
        raise NotAllowed(_("Only %(leader)s, who leads the matter, closes it.") % {"leader": charge.leader})
    if charge.asked_close_on is None:
        raise Conflict(_("Nobody has proposed to close it yet."))
    charge.signed_on = today()
    charge.save(update_fields=["signed_on"])
    record("petitions.sign_end", charge.petition.case, by=by, data={})
    return charge


def _charge(charge: Charge) -> Charge:
    charge = locked_row(charge)
    if charge.signed_on:
        raise Conflict(_("The leader has signed already."))
    return charge


def _leads_or_handles(charge: Charge, by) -> None:
    own = getattr(getattr(by, "person", None), "pk", None) == charge.leader_id
    if not own and charge.petition.case.unit_id not in units_of(by):
        allow(by, "petitions.charge")
