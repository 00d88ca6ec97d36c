"""「双人开启」 Opening by two: one asks with half a key, another agrees with the other half, the first reads."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.accounts.models import User
from huilian.engine.trail.services import record
from huilian.foundation import sealing
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Box, Grant, Offer, Opening
from .boxes import access_of, need_purpose, note_look
from .keys import Hand, hand_of

WAITS = timedelta(hours=24)
READABLE = timedelta(minutes=30)
State = Opening.State


@transaction.atomic
def ask_opening(box: Box, purpose: str, *, token: str, by: User) -> Opening:
    """Ask a second person to open a paired box. Raises NotAllowed, Invalid (no purpose) or Conflict (nobody to ask)."""
    need_purpose(purpose)
    hand = hand_of(by, token)
    half = _half(box, hand, Grant.Half.ASKS)
    opening = Opening.objects.create(box=box, asker=by, purpose=purpose, asked_at=now(), until=now() + WAITS)
    others = box.grants.filter(half=Grant.Half.AGREES).exclude(key__user=by).select_related("key")
    offers = [
        Offer(opening=opening, key=g.key, wrapped=sealing.wrap(half, bytes(g.key.public), _about(opening)))
        for g in others
    ]
    if not offers:
        raise Conflict(_("There is nobody who could agree to open it."))
    Offer.objects.bulk_create(offers)
    record("vault.ask_opening", box, by=by, data={"purpose": purpose})
    return opening


@transaction.atomic
def agree_opening(opening: Opening, *, token: str, by: User) -> Opening:
    """Agree: from now on the one who asked may read it for half an hour. Raises NotAllowed or Conflict."""
    opening = _waiting(opening)
    hand = hand_of(by, token)
    offer = opening.offers.filter(key=hand.key).first()
    if by == opening.asker or offer is None:
        raise NotAllowed(_("Somebody else who holds the other half agrees."))
    half = sealing.unwrap(bytes(offer.wrapped), hand.secret, _about(opening))
    key = sealing.joined(half, _half(opening.box, hand, Grant.Half.AGREES))
    asker = opening.box.grants.filter(half=Grant.Half.ASKS, key__user=opening.asker).select_related("key").first()
    if asker is None:
        raise Conflict(_("Who asked has no access any more."))
    opening.offers.all().delete()
    wrapped = sealing.wrap(key, bytes(asker.key.public), _about(opening))
    Offer.objects.create(opening=opening, key=asker.key, wrapped=wrapped)
    return _decided(opening, State.AGREED, "vault.agree_opening", {}, by)


@transaction.atomic
def refuse_opening(opening: Opening, note: str, *, by: User) -> Opening:
    """Refuse, with the reason. Raises NotAllowed, Invalid or Conflict."""
    opening = _waiting(opening)
    if by == opening.asker or not opening.offers.filter(key__user=by).exists():
        raise NotAllowed(_("Somebody else who holds the other half decides."))
    if not note.strip():
        raise Invalid(_("Give the reason."), field="note")
    opening.note = note.strip()
    opening.offers.all().delete()
    return _decided(opening, State.REFUSED, "vault.refuse_opening", {"note": opening.note}, by)


@transaction.atomic
def open_by_two(opening: Opening, *, token: str, by: User) -> bytes:
    """What is in the box, for the one who asked, while the time runs. Each look is written down."""
    hand = hand_of(by, token)
    offer = opening.offers.filter(key=hand.key).select_related("opening__box").first()
    found = offer.opening if offer else opening
    if offer is None or found.state != State.AGREED or found.asker_id != by.pk or found.until <= now():
        raise NotAllowed(_("It is not open to you, or the time is over. Ask again."))
    key = sealing.unwrap(bytes(offer.wrapped), hand.secret, _about(found))
    plain = sealing.open_sealed(bytes(found.box.cipher), key, found.box.about)
    note_look(found.box, found.purpose, by=by, opening=found)
    return plain


def _half(box: Box, hand: Hand, half: str) -> bytes:
    held = access_of(box, hand)
    if held.half != half:
        raise NotAllowed(_("You do not hold this half of the key."))
    return hand.unwrap(held)


def _waiting(opening: Opening) -> Opening:
    found = Opening.objects.select_for_update(of=("self",)).select_related("box", "asker").get(pk=opening.pk)
    if found.state != State.WAITING or found.until <= now():
        raise Conflict(_("This request is decided or has lapsed."))
    return found


def _decided(opening: Opening, state: str, verb: str, data: dict, by: User) -> Opening:
    opening.state, opening.decider, opening.decided_at = state, by, now()
    opening.until = now() + READABLE
    opening.save()
    record(verb, opening.box, by=by, data=data)
    return opening


def _about(opening: Opening) -> str:
    return f"huilian opening 1\n{opening.pk}\n{opening.box.about}"
