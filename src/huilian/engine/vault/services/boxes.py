"""Sealing, opening, giving access for a time and taking it back."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from huilian.engine.access.queries import may
from huilian.engine.accounts.models import User
from huilian.engine.trail.services import record
from huilian.foundation import sealing
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Box, Grant, Key, Look, Opening
from .keys import Hand, hand_of, key_of, recovery_key

Half = Grant.Half


@transaction.atomic
def seal(subject: str, part: str, plain: bytes, *, readers: Iterable[User], agreers: Iterable[User] = (), by) -> Box:
    """Seal `plain` to `readers`. With `agreers` the key is halved: a reader asks, an agreer agrees, neither alone.

    Nothing is sealed before recovery is set up: a lost key must not be the end of what people confided. Raises Conflict
    (no recovery, a reader without a key) or Invalid (nobody to read it, one person on both sides).
    """
    box = Box(code=uuid.uuid4(), subject=subject, part=part, made_at=now())
    key, box.cipher = sealing.seal(plain, box.about)
    box.digest = hashlib.sha256(box.cipher).hexdigest()
    return _keep(box, key, list(readers), list(agreers), by)


@transaction.atomic
def seal_file(subject: str, part: str, file: BinaryIO, *, readers: Iterable[User], agreers: Iterable[User] = (),
              by) -> Box:  # fmt: skip
    """Seal a file of any length; it is never on disk in clear. Raises as `seal`."""
    box = Box(code=uuid.uuid4(), subject=subject, part=part, made_at=now())
    with TemporaryFile() as sealed:
        key = sealing.seal_file(file, sealed, box.about)
        sealed.seek(0)
        box.digest = hashlib.file_digest(sealed, "sha256").hexdigest()
        sealed.seek(0)
        box.file.save(f"{box.code}.box", File(sealed), save=False)
        try:
            return _keep(box, key, list(readers), list(agreers), by)
        except BaseException:
            box.file.storage.delete(box.file.name)
            raise


@transaction.atomic
def open_box(box: Box, *, token: str, purpose: str, by: User) -> bytes:
    """What is in a box. The look is written down before anything is returned.

    Raises NotAllowed (no access, it has ended, the key is locked) or sealing.Unopened (it was changed).
    """
    hand = hand_of(by, token)
    plain = sealing.open_sealed(bytes(box.cipher), hand.unwrap(_whole(box, hand)), box.about)
    note_look(box, purpose, by=by)
    return plain


def open_file(box: Box, *, token: str, purpose: str, by: User) -> Iterator[bytes]:
    """The pieces of a sealed file, each checked before it is given. Raises as `open_box`."""
    with transaction.atomic():
        hand = hand_of(by, token)
        key = hand.unwrap(_whole(box, hand))
        note_look(box, purpose, by=by)

    def pieces() -> Iterator[bytes]:
        with box.file.open("rb") as sealed:
            yield from sealing.open_file(sealed, key, box.about)

    return pieces()


@transaction.atomic
def grant(box: Box, user: User, *, until: datetime | None, purpose: str, token: str, by: User) -> Grant:
    """Let `user` open what one can open oneself (一事一授权): the same half where the box is paired.

    Raises NotAllowed, Conflict (no key; the other half is theirs) or Invalid (no purpose, a day that is past).
    """
    need_purpose(purpose)
    if until is not None and until <= now():
        raise Invalid(_("The end of the access lies in the past."), field="until")
    hand = hand_of(by, token)
    mine, key = access_of(box, hand), key_for(user)
    held = Grant.objects.filter(box=box, key=key).first()
    if held is not None and held.half != mine.half:
        raise Conflict(_("%(name)s holds the other half: nobody opens such a box alone.") % {"name": user})
    made, _new = Grant.objects.update_or_create(
        box=box,
        key=key,
        defaults={
            "half": mine.half,
            "wrapped": sealing.wrap(hand.unwrap(mine), bytes(key.public), box.about),
            "purpose": purpose,
            "until": until,
            "given_at": now(),
        },
    )
    told = until.isoformat() if until else "—"
    record("vault.grant", box, by=by, data={"to": user.get_username(), "until": told, "purpose": purpose})
    return made


@transaction.atomic
def withdraw(box: Box, user: User, *, by: User) -> None:
    """Take access back. Raises NotAllowed, or Conflict where nobody but recovery would be left."""
    held = Grant.objects.select_for_update(of=("self",)).filter(box=box, key__user=user).first()
    if not may(by, "vault.keep") and not box.grants.filter(key__user=by).exists():
        raise NotAllowed(_("Only who can open it, or the keeper of the vault, takes access back."))
    if held is None:
        return
    if not box.grants.filter(half=held.half, key__is_recovery=False).exclude(pk=held.pk).exists():
        raise Conflict(_("Nobody else could open it then. Give access to somebody first."))
    held.delete()
    record("vault.withdraw", box, by=by, data={"from": user.get_username()})


def lapse() -> int:
    """Delete access that has ended and close openings whose time is over; returns how many of both."""
    over = Grant.objects.filter(until__lte=now()).delete()[0]
    with transaction.atomic():
        late = Opening.objects.filter(state__in=[Opening.State.WAITING, Opening.State.AGREED], until__lte=now())
        for opening in late.select_for_update(of=("self",)):
            opening.offers.all().delete()
            if opening.state == Opening.State.WAITING:
                opening.state = Opening.State.LAPSED
                opening.save()
                over += 1
    return over


def note_look(box: Box, purpose: str, *, by: User, opening: Opening | None = None) -> Look:
    """Write a look down, in the list the confiding person may see and in the trail."""
    need_purpose(purpose)
    record("vault.open", box, by=by, data={"purpose": purpose})
    return Look.objects.create(box=box, user=by, at=now(), purpose=purpose, opening=opening)


def give(box: Box, keys: Iterable[Key], half: str, key: bytes) -> None:
    """Wrap a key, or a half of it, for each of `keys`."""
    Grant.objects.bulk_create(
        Grant(box=box, key=to, half=half, wrapped=sealing.wrap(key, bytes(to.public), box.about), given_at=now())
        for to in keys
    )


def _keep(box: Box, key: bytes, readers: list[User], agreers: list[User], by) -> Box:
    recovery = recovery_key()
    if recovery is None:
        raise Conflict(_("Recovery is not set up. The keeper of the vault prints its three sheets first."))
    if not readers:
        raise Invalid(_("Nobody would be able to open it."))
    if set(readers) & set(agreers):
        raise Invalid(_("One person cannot stand on both sides of an opening by two."))
    box.paired = bool(agreers)
    box.save()
    asks, agrees = sealing.halves(key) if agreers else (key, b"")
    give(box, map(key_for, readers), Half.ASKS if agreers else Half.WHOLE, asks)
    give(box, map(key_for, agreers), Half.AGREES, agrees)
    give(box, [recovery], Half.WHOLE, key)
    record("vault.seal", box, by=by, data={"digest": box.digest})
    return box


def access_of(box: Box, hand: Hand) -> Grant:
    held = box.grants.select_related("box").filter(Q(until=None) | Q(until__gt=now()), key=hand.key).first()
    if held is None:
        raise NotAllowed(_("You have no access to it, or it has ended."))
    return held


def _whole(box: Box, hand: Hand) -> Grant:
    held = access_of(box, hand)
    if held.half != Half.WHOLE:
        raise NotAllowed(_("Two persons open this, for a stated purpose."))
    return held


def key_for(user: User) -> Key:
    key = key_of(user)
    if key is None:
        raise Conflict(_("%(name)s has no key.") % {"name": user})
    return key


def need_purpose(purpose: str) -> None:
    if len(purpose.strip()) < 2:
        raise Invalid(_("Say for what purpose."), field="purpose")
