"""The register of seals: entered, handed from keeper to keeper, stopped, destroyed."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import copies_of, require
from huilian.engine.directory.models import Person
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now, today

from ..devices import DEVICES
from ..models import Handover, Seal
from .guards import allow, locked_seal

S = Seal.State


@transaction.atomic
def save_seal(seal: Seal | None, values: Mapping, *, by) -> Seal:
    """Enter a seal or correct its card. The keeper changes by `hand_over` only."""
    require(by, "seals.register")
    row = locked_seal(seal) if seal else Seal(number=next_number("YX", on=today()))
    for name, value in values.items():
        if name == "keeper" and seal is not None and value != row.keeper:
            raise Invalid(_("A seal passes to another keeper by a handover with a witness."), field="keeper")
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if not row.name:
        raise Invalid(_("Write the words on the seal."), field="name")
    if row.device not in DEVICES:
        raise Invalid(
            _("There is no device of this kind. Known are: %(known)s.") % {"known": ", ".join(DEVICES)}, field="device"
        )
    if row.device == "http" and not (row.device_no and row.device_address):
        raise Invalid(_("A box on the network needs its number and its address."), field="device_address")
    if (row.latitude is None) != (row.longitude is None):
        raise Invalid(_("Give both latitude and longitude, or neither."), field="longitude")
    if row.ended_on and row.ended_on < row.started_on:
        raise Invalid(_("The last day lies before the first."), field="ended_on")
    row.place = row.unit.place
    row.township = copies_of(row.place)["township"]
    same = Seal.objects.filter(unit=row.unit, kind=row.kind, state__in=[S.IN_USE, S.LENT]).exclude(pk=row.pk)
    if row.state in (S.IN_USE, S.LENT) and same.exists():
        raise Conflict(_("%(unit)s has a seal of this kind in use already. Stop that one first.") % {"unit": row.unit})
    row.save()
    record("seals.save", row, by=by, data={"name": row.name}, place=row.place.code)
    return row


@transaction.atomic
def hand_over(seal: Seal, *, taker: Person, witness: Person, by) -> Handover:
    """The keeper hands the seal to the next one before a witness. All three are different people."""
    seal = locked_seal(seal)
    person = allow(by, "seals.keep", seal)
    if person != seal.keeper:
        raise NotAllowed(_("Only %(name)s keeps this seal.") % {"name": seal.keeper})
    if len({person, taker, witness}) < 3:
        raise Invalid(_("Giver, taker and witness are three people."), field="witness")
    if seal.state != S.IN_USE:
        raise Conflict(_("%(seal)s is not in the office or no longer in use.") % {"seal": seal})
    kept = Handover.objects.create(seal=seal, giver=person, taker=taker, witness=witness, at=now())
    seal.keeper = taker
    seal.save(update_fields=["keeper"])
    record("seals.hand_over", seal, by=by, data={"to": taker.name, "witness": witness.name})
    return kept


@transaction.atomic
def stop(seal: Seal, *, reason: str, by) -> Seal:
    """Take a seal out of use: lost, worn, unit dissolved. Running requests for it can be withdrawn, not released."""
    return _end(seal, S.STOPPED, (S.IN_USE, S.LENT), reason, by)


@transaction.atomic
def destroy(seal: Seal, *, reason: str, by) -> Seal:
    """Note that a stopped seal was destroyed; the reason names the certificate."""
    return _end(seal, S.DESTROYED, (S.STOPPED,), reason, by)


def _end(seal: Seal, state: str, allowed: tuple, reason: str, by) -> Seal:
    require(by, "seals.register")
    seal = locked_seal(seal)
    if not reason.strip():
        raise Invalid(_("Give the reason in a sentence."), field="reason")
    if seal.state not in allowed:
        raise Conflict(
            _("%(seal)s is already “%(state)s”; nothing was changed.")
            % {"seal": seal, "state": seal.get_state_display()}
        )
    seal.state, seal.ended_on = state, seal.ended_on or today()
    seal.save(update_fields=["state", "ended_on"])
    record(f"seals.{state}", seal, by=by, data={"reason": reason.strip()})
    return seal
