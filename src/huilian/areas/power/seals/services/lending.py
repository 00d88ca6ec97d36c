"""「外带」 A seal leaves the office with two persons, agreed to by the township, and comes back by a set hour."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.models import Person
from huilian.engine.screening.services import touch
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import moment, now

from ..models import Loan, Seal
from .guards import allow, locked_seal

MOST = timedelta(days=1)  # facts §4.4: at most a day out of the office
S = Loan.State


@transaction.atomic
def ask_loan(seal: Seal, *, reason: str, destination: str, companion: Person, due_at: datetime, by) -> Loan:
    """Ask to take a seal along. The keeper carries it, somebody else goes along."""
    seal = locked_seal(seal)
    person = allow(by, "seals.keep", seal)
    if person != seal.keeper:
        raise NotAllowed(_("Only %(name)s keeps this seal.") % {"name": seal.keeper})
    reason, destination, due_at = reason.strip(), destination.strip(), moment(due_at)
    if not reason or not destination:
        raise Invalid(_("Write why the seal must leave the office and where it goes."), field="reason")
    if companion == person:
        raise Invalid(_("Somebody else than the keeper goes along."), field="companion")
    if not now() < due_at <= now() + MOST:
        raise Invalid(_("A seal is back within a day."), field="due_at")
    if seal.state != Seal.State.IN_USE or Loan.objects.filter(seal=seal, state__in=[S.ASKED, S.AGREED, S.OUT]).exists():
        raise Conflict(_("%(seal)s is not in the office or already asked for.") % {"seal": seal})
    loan = Loan.objects.create(
        seal=seal,
        reason=reason,
        destination=destination,
        taker=person,
        companion=companion,
        due_at=due_at,
        asked_at=now(),
    )
    record("seals.ask_loan", seal, by=by, data={"where": destination, "until": due_at.isoformat()})
    return loan


@transaction.atomic
def decide_loan(loan: Loan, *, agree: bool, note: str = "", by) -> Loan:
    """The township says yes or no; no needs its ground."""
    loan = _locked(loan, S.ASKED)
    person = allow(by, "seals.lend", loan.seal)
    if person in (loan.taker, loan.companion):
        raise NotAllowed(_("You would travel with the seal yourself, so somebody else must decide."))
    if not agree and not note.strip():
        raise Invalid(_("Give the reason in a sentence."), field="note")
    loan.state, loan.decided_by, loan.decided_at = S.AGREED if agree else S.REFUSED, person, now()
    loan.note = note.strip()
    loan.save()
    record("seals.decide_loan", loan.seal, by=by, data={"agreed": agree, "note": loan.note})
    return loan


@transaction.atomic
def take_out(loan: Loan, *, by) -> Loan:
    """The keeper leaves the office with the seal."""
    loan = _locked(loan, S.AGREED)
    _own(loan, by)
    loan.state, loan.out_at = S.OUT, now()
    loan.save()
    Seal.objects.filter(pk=loan.seal_id).update(state=Seal.State.LENT)
    record("seals.take_out", loan.seal, by=by, data={"where": loan.destination})
    return loan


@transaction.atomic
def bring_back(loan: Loan, *, by) -> Loan:
    """The seal is in its box again."""
    loan = _locked(loan, S.OUT)
    _own(loan, by)
    loan.state, loan.back_at = S.BACK, now()
    loan.minutes_out = int((loan.back_at - loan.out_at).total_seconds() // 60)
    loan.save()
    Seal.objects.filter(pk=loan.seal_id).update(state=Seal.State.IN_USE)
    record("seals.bring_back", loan.seal, by=by, data={"late": loan.back_at > loan.due_at})
    touch([int(loan.seal.place.code)])
    return loan


def _locked(loan: Loan, state: str) -> Loan:
    seal = locked_seal(loan.seal)
    loan = Loan.objects.select_for_update(of=("self",)).select_related("taker", "companion").get(pk=loan.pk)
    loan.seal = seal
    if loan.state != state:
        raise Conflict(
            _("This loan is already “%(state)s”; nothing was changed.") % {"state": loan.get_state_display()}
        )
    return loan


def _own(loan: Loan, by) -> None:
    if allow(by, "seals.keep", loan.seal) != loan.taker:
        raise NotAllowed(_("Only %(name)s carries this seal.") % {"name": loan.taker})
