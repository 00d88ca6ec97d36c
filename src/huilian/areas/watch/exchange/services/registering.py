"""「报名·资格审查」 Who takes part: registered under their own name, examined by the exchange."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huilian.engine.directory.identity import key_of
from huilian.engine.numbering.services import next_number
from huilian.foundation.codes import clean
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.masking import mask_identity
from huilian.foundation.names import norm
from huilian.foundation.now import now

from .. import codes
from ..models import Deposit, Registration
from ..models.lots import Lot
from .guards import PUBLIC, allow, locked, noted, past, written
from .paying import owe_back

Priority, State = Registration.Priority, Registration.State


@transaction.atomic
def register(lot: Lot, values: Mapping, *, device: str = "", by=PUBLIC) -> tuple[Registration, str]:
    """Register to take part. Returns the registration and the bidder's code, which is shown once and not kept.

    Raises Conflict after the end by the server's clock, or for somebody who has registered before.
    """
    lot = locked(lot, "notice")
    if past(lot.registers_until):
        raise Conflict(_("Registration is over."))
    identity = clean(values.get("identity", ""))
    try:
        party_key = key_of(identity)
    except Invalid as bad:
        raise Invalid(bad.message, field="identity") from bad
    code = codes.new_code()
    registration = Registration(
        lot=lot,
        number=next_number("BM"),
        code_digest=codes.digest(code),
        party_key=party_key,
        identity_masked=mask_identity(identity),
        device=codes.digest(device, "device") if device else "",
        applied_at=now(),
        **_typed(lot, values),
    )
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError as twice:
        raise Conflict(_("This bidder has registered for the lot already."), field="identity") from twice
    noted("registered", lot, by, registration=registration.number)
    return registration, code


@transaction.atomic
def examine(
    registration: Registration, *, qualified: bool, priority: int = Priority.NONE, note: str = "", by
) -> Registration:
    """The exchange finds a bidder qualified, with the priority it has seen proof of, or not, with the ground."""
    lot, registration = _both(registration, "notice", "trade")
    allow(by, "exchange.run", lot.place)
    if registration.state == State.WITHDRAWN:
        raise Conflict(_("%(who)s has withdrawn.") % {"who": registration.number})
    if lot.case.step == "trade" and lot.registrations.filter(offers__isnull=False).exists():
        raise Conflict(_("Prices are on the table; nobody comes or goes any more."))
    if not qualified:
        note = written(note, "note", _("Write why the bidder is not qualified."))
    if qualified and lot.right.members_only and priority != Priority.MEMBER:
        raise Invalid(_("Only members of the collective may take this over."), field="priority")
    registration.state = State.QUALIFIED if qualified else State.REFUSED
    registration.priority = priority if qualified else Priority.NONE
    registration.note, registration.decided_at = note.strip()[:200], now()
    registration.save(update_fields=["state", "priority", "note", "decided_at"])
    if not qualified:
        owe_back(lot, Deposit.objects.filter(registration=registration), note)
    noted("examined", lot, by, registration=registration.number, qualified=qualified, priority=int(priority))
    return registration


@transaction.atomic
def give_up(registration: Registration, *, by=PUBLIC) -> Registration:
    """A bidder withdraws before registration ends; the deposit goes back."""
    lot, registration = _both(registration, "notice")
    if past(lot.registers_until):
        raise Conflict(_("Registration is over; whoever withdraws now tells the exchange."))
    registration.state = State.WITHDRAWN
    registration.save(update_fields=["state"])
    owe_back(lot, Deposit.objects.filter(registration=registration), _("withdrawn in time"))
    noted("gave_up", lot, by, registration=registration.number)
    return registration


def _both(registration: Registration, *steps: str) -> tuple[Lot, Registration]:
    lot = locked(registration.lot, *steps)
    return lot, Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)


def _typed(lot: Lot, values: Mapping) -> dict:
    name = written(values.get("name"), "name", _("Write the name of the bidder."))
    phone = written(values.get("phone"), "phone", _("Give a telephone number."))
    if not 7 <= sum(c.isdigit() for c in phone) <= 13:
        raise Invalid(_("A telephone number has 7 to 13 digits."), field="phone")
    account = "".join(str(values.get("account_no", "")).split())
    if not account.isdigit() or not 8 <= len(account) <= 30:
        raise Invalid(_("Give your own bank account, digits only: the deposit goes back to it."), field="account_no")
    claims = int(values.get("claims") or Priority.NONE)
    if claims == Priority.TENANT and norm(name) != norm(lot.sitting_tenant):
        raise Invalid(_("The notice names no sitting tenant of this name."), field="claims")
    return {
        "kind": values["kind"],
        "name": name[:80],
        "name_norm": norm(name),
        "phone": phone[:32],
        "address": str(values.get("address", "")).strip()[:120],
        "agent": str(values.get("agent", "")).strip()[:80],
        "account_no": account,
        "account_bank": str(values.get("account_bank", "")).strip()[:80],
        "claims": claims,
        "kin_declared": str(values.get("kin_declared", "")).strip()[:120],
        "papers_by": str(values.get("papers_by", "")).strip()[:80],
    }
