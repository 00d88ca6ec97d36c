"""Recovery: a key that lies on three sheets of paper only, held by three people; two of them open what was lost."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.accounts.models import User
from huilian.engine.trail.services import record
from huilian.foundation import sealing
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import now

from ..models import Box, Grant, Key
from .boxes import give, key_for, need_purpose
from .keys import Hand, recovery_key, rewrap

Half = Grant.Half


@transaction.atomic
def set_up_recovery(old: tuple[str, str] | None = None, *, by: User) -> tuple[str, str, str]:
    """Make the key of recovery and return its three sheets, which are stored nowhere. With two sheets of the `old` key
    it is renewed, and everything sealed so far opens with the new sheets.

    Raises Conflict when there is one and no old sheets are given, sealing.Unopened when they are wrong.
    """
    require(by, "vault.keep")
    before = recovery_key()
    if before and old is None:
        raise Conflict(_("Recovery is set up. To renew it, give two of its sheets."))
    pair = sealing.make_pair()
    hand = _hand(before, *old) if before and old else None
    if before:
        before.retired_at = now()
        before.save()
    key = Key.objects.create(is_recovery=True, public=pair.public, made_at=now())
    if hand:
        rewrap(Grant.objects.filter(key=hand.key), hand, key)
    record("vault.set_up_recovery", key, by=by, data={"fingerprint": str(key)})
    return sealing.sheets(pair.secret)


@transaction.atomic
def recover(sheets: tuple[str, str], to: User, *, boxes: Iterable[Box], purpose: str, agreers: Iterable[User] = (),
            by: User) -> int:  # fmt: skip
    """Let `to` open `boxes` whose holders are gone; a paired box is halved anew between `to` and `agreers`. Returns how
    many. The keeper who calls cannot be the one who receives.

    Raises Invalid, Conflict (somebody has no key) or sealing.Unopened (a wrong sheet); then nothing is changed.
    """
    require(by, "vault.keep")
    agreers = list(agreers)
    need_purpose(purpose)
    if to == by or to in agreers:
        raise Invalid(_("The keeper, the one who receives and those who agree are different people."), field="to")
    key = recovery_key()
    if key is None:
        raise Conflict(_("Recovery is not set up. The keeper of the vault prints its three sheets first."))
    hand, count = _hand(key, *sheets), 0
    for box in boxes:
        whole = hand.unwrap(box.grants.select_related("box").get(key=key))
        if box.paired:
            if not agreers:
                raise Invalid(_("Name who agrees: this is opened by two."), field="agreers")
            box.grants.filter(key__is_recovery=False).delete()
            asks, agrees = sealing.halves(whole)
            give(box, [key_for(to)], Half.ASKS, asks)
            give(box, map(key_for, agreers), Half.AGREES, agrees)
        else:
            box.grants.filter(key__user=to).delete()
            give(box, [key_for(to)], Half.WHOLE, whole)
        count += 1
    record("vault.recover", key, by=by, data={"boxes": count, "to": to.get_username(), "purpose": purpose})
    return count


def _hand(key: Key, one: str, other: str) -> Hand:
    secret = sealing.from_sheets(one, other)
    if sealing.public_of(secret) != bytes(key.public):
        raise sealing.Unopened(_("These sheets belong to another key."))
    return Hand(key, secret)
