"""Keys of officers: made, unlocked for a while, changed, retired."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from nacl.secret import Aead
from nacl.utils import random

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.accounts.queries import second_factor_of
from huilian.engine.trail.services import record
from huilian.foundation import sealing
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import now

from ..models import Grant, Key, Unlocked
from ..queries import unlocked_by

COST = sealing.STRONG
OPEN_FOR = timedelta(minutes=15)  # without a look; each look begins them anew
SHORTEST = 12  # characters of a passphrase
TRIES, WAIT = 5, timedelta(minutes=15)


@dataclass(frozen=True)
class Hand:
    """An unlocked key, for the length of one act."""

    key: Key
    secret: bytes

    def unwrap(self, grant: Grant) -> bytes:
        return sealing.unwrap(bytes(grant.wrapped), self.secret, grant.box.about)


@transaction.atomic
def make_key(passphrase: str, *, by: User) -> Key:
    """An officer's own pair of keys. The passphrase is stored nowhere: lost, the boxes open by recovery only.

    Raises Invalid (a weak passphrase, or the one of signing in) or Conflict (there is a key).
    """
    _check(passphrase, by)
    if key_of(by):
        raise Conflict(_("You have a key. Change its passphrase, or renew it."))
    key = _new(by, passphrase)
    record("vault.make_key", key, by=by, data={"fingerprint": str(key)})
    return key


def unlock(passphrase: str, code: str = "", *, by: User) -> str:
    """Unlock one's key with the passphrase and, where there is one, the second factor. Returns the token that only the
    browser keeps; without it what is stored opens nothing.

    Raises NotAllowed (wrong passphrase or code, or too many of them).
    """
    with transaction.atomic():
        key = Key.objects.select_for_update(of=("self",)).filter(user=by, retired_at=None).first()
        if key is None:
            raise NotAllowed(_("You have no key yet. Make one first."))
        if key.wait_until and key.wait_until > now():
            raise NotAllowed(_("Too many wrong passphrases. Try again at %(at)s.") % {"at": f"{key.wait_until:%H:%M}"})
        secret = _tried(key, passphrase, code, by)
        if secret:
            key.wrong, key.wait_until = 0, None
            key.save()
            token = random(sealing.KEY)
            Unlocked.objects.update_or_create(
                key=key,
                defaults={
                    "token_digest": _digest(token),
                    "locked": bytes(Aead(token).encrypt(secret, str(key).encode())),
                    "until": now() + OPEN_FOR,
                },
            )
            record("vault.unlock", key, by=by)
            return base64.urlsafe_b64encode(token).decode()
        key.wrong += 1
        if key.wrong >= TRIES:
            key.wrong, key.wait_until = 0, now() + WAIT
        key.save()
        record("vault.refuse_unlock", key, by=by)
    raise NotAllowed(_("The passphrase or the code is wrong."))


@transaction.atomic
def lock(*, by: User) -> None:
    """Forget the unlocked key at once."""
    Unlocked.objects.filter(key__user=by).delete()


@transaction.atomic
def change_passphrase(old: str, new: str, *, by: User) -> Key:
    """Lock the same key with other words. Raises Invalid or sealing.Unopened (the old one is wrong)."""
    _check(new, by)
    key = _live(by)
    key.locked = sealing.lock(sealing.unlock(bytes(key.locked), old), new, COST)
    key.save()
    Unlocked.objects.filter(key=key).delete()
    record("vault.change_passphrase", key, by=by)
    return key


@transaction.atomic
def renew_key(passphrase: str, *, token: str, by: User) -> Key:
    """A new pair in place of the old: every box of the old key opens with the new one, and with the old no more."""
    _check(passphrase, by)
    hand = hand_of(by, token)
    old = Key.objects.select_for_update(of=("self",)).get(pk=hand.key.pk)
    old.retired_at = now()
    old.save()
    new = _new(by, passphrase)
    boxes = rewrap(Grant.objects.filter(key=old), hand, new)
    Unlocked.objects.filter(key=old).delete()
    record("vault.renew_key", new, by=by, data={"fingerprint": str(new), "boxes": boxes})
    return new


@transaction.atomic
def retire_key(user: User, *, lost: bool = False, by: User) -> int:
    """The key of somebody who leaves opens nothing any more. Returns how many boxes it opened.

    Raises Conflict where boxes would be left that nobody but recovery opens, unless the key is `lost` anyway.
    """
    require(by, "vault.keep")
    key = _live(user)
    held = Grant.objects.filter(key=key)
    if not lost and (alone := sum(1 for grant in held.select_related("box") if _is_last(grant))):
        raise Conflict(
            _("%(n)s sealed boxes open with this key alone. Its holder gives access to a successor first.")
            % {"n": alone}
        )
    boxes = held.delete()[0]
    key.retired_at, key.locked = now(), b""
    key.save()
    Unlocked.objects.filter(key=key).delete()
    record("vault.retire_key", key, by=by, data={"boxes": boxes})
    return boxes


def key_of(user: User) -> Key | None:
    """A person's key that is in use."""
    return Key.objects.filter(user=user, retired_at=None).first()


def recovery_key() -> Key | None:
    return Key.objects.filter(is_recovery=True, retired_at=None).first()


def hand_of(user: User, token: str) -> Hand:
    """A person's unlocked key. Raises NotAllowed when it is locked, or was unlocked elsewhere since."""
    found = unlocked_by(user, token).select_related("key")
    unlocked = found.first()
    if unlocked is None:
        raise NotAllowed(_("Your key is locked. Unlock it with your passphrase."))
    found.update(until=now() + OPEN_FOR)
    key, raw = unlocked.key, base64.urlsafe_b64decode(token.encode())
    return Hand(key, Aead(raw).decrypt(bytes(unlocked.locked), str(key).encode()))


def rewrap(grants: Iterable[Grant], hand: Hand, new: Key) -> int:
    count = 0
    for grant in grants.select_related("box").iterator():
        grant.wrapped = sealing.wrap(hand.unwrap(grant), bytes(new.public), grant.box.about)
        grant.key = new
        grant.save()
        count += 1
    return count


def _is_last(grant: Grant) -> bool:
    others = Grant.objects.filter(box=grant.box_id, half=grant.half, key__is_recovery=False).exclude(pk=grant.pk)
    return not others.exists()


def _new(user: User | None, passphrase: str) -> Key:
    pair = sealing.make_pair()
    return Key.objects.create(
        user=user, public=pair.public, locked=sealing.lock(pair.secret, passphrase, COST), made_at=now()
    )


def _live(user: User) -> Key:
    key = Key.objects.select_for_update(of=("self",)).filter(user=user, retired_at=None).first()
    if key is None:
        raise Conflict(_("%(name)s has no key.") % {"name": user})
    return key


def _check(passphrase: str, user: User) -> None:
    if len(passphrase) < SHORTEST or len(set(passphrase)) < SHORTEST // 2:
        text = _("A passphrase has at least %(n)s characters, best several words that do not belong together.")
        raise Invalid(text % {"n": SHORTEST}, field="passphrase")
    if user.check_password(passphrase):
        raise Invalid(_("This is the password you sign in with. Take other words for the key."), field="passphrase")


def _tried(key: Key, passphrase: str, code: str, user: User) -> bytes:
    """The secret, or nothing. The code is tried first: a guess at the passphrase costs a code each."""
    device = second_factor_of(user)
    if device is None and settings.SECOND_FACTOR:
        raise NotAllowed(_("Set up your second factor first."))
    if device is not None and not device.verify_token(code.replace(" ", "")):
        return b""
    try:
        return sealing.unlock(bytes(key.locked), passphrase)
    except sealing.Unopened:
        return b""


def _digest(token: bytes) -> str:
    return hashlib.sha256(token).hexdigest()
