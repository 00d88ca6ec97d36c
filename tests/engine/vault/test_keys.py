"""Keys: made by their holder, unlocked for a while, changed, renewed, retired."""

from datetime import timedelta

import pytest

from huilian.engine.trail.models import Event
from huilian.engine.vault import services as vault
from huilian.engine.vault.models import Grant, Key, Unlocked
from huilian.engine.vault.queries import opened_by
from huilian.engine.vault.services.keys import OPEN_FOR, WAIT, hand_of, key_of
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.now import frozen, now
from huilian.foundation.sealing import Unopened

from .conftest import WORDS

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.filter(verb__startswith="vault.").order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("words", ["short", "aaaaaaaaaaaaaaaa"])
def test_a_weak_passphrase_is_refused_and_nothing_is_kept(cast, words):
    with pytest.raises(Invalid):
        vault.make_key(words, by=cast.shen_yu)

    assert not Key.objects.exists() and verbs() == []


def test_the_password_of_signing_in_is_no_passphrase(cast):
    cast.shen_yu.set_password("Anlan-Qing-2026")

    with pytest.raises(Invalid, match="sign in"):
        vault.make_key("Anlan-Qing-2026", by=cast.shen_yu)


def test_a_key_is_made_once_and_its_secret_is_nowhere(cast):
    key = vault.make_key(WORDS, by=cast.shen_yu)

    assert verbs() == ["vault.make_key"] and WORDS.encode() not in bytes(key.locked)
    with pytest.raises(Conflict):
        vault.make_key(WORDS, by=cast.shen_yu)


def test_an_unlocked_key_is_of_use_to_its_holder_s_browser_alone(cast, unlocked):
    token = unlocked("shen_yu")
    unlocked("jiang_hong")

    assert hand_of(cast.shen_yu, token).key == key_of(cast.shen_yu)
    for user, wrong in ((cast.jiang_hong, token), (cast.shen_yu, ""), (cast.shen_yu, "x" + token[1:])):
        with pytest.raises(NotAllowed, match="locked"):
            hand_of(user, wrong)
    vault.lock(by=cast.shen_yu)
    with pytest.raises(NotAllowed, match="locked"):
        hand_of(cast.shen_yu, token)


def test_a_key_locks_itself_after_a_while_without_a_look(cast, unlocked):
    token, start = unlocked("shen_yu"), now()

    with frozen(start + OPEN_FOR - timedelta(seconds=5)):
        hand_of(cast.shen_yu, token)
    with frozen(start + OPEN_FOR + timedelta(minutes=5)):
        hand_of(cast.shen_yu, token)
    with frozen(start + 3 * OPEN_FOR), pytest.raises(NotAllowed, match="locked"):
        hand_of(cast.shen_yu, token)


def test_five_wrong_passphrases_cost_a_wait_and_never_the_key(cast, unlocked):
    unlocked("shen_yu")
    start = now()

    for _ in range(5):
        with pytest.raises(NotAllowed, match="wrong"):
            vault.unlock("不是这一句话也不是那一句", by=cast.shen_yu)
    with pytest.raises(NotAllowed, match="Too many"):
        vault.unlock(WORDS, by=cast.shen_yu)
    assert verbs().count("vault.refuse_unlock") == 5
    with frozen(start + WAIT + timedelta(minutes=1)):
        assert vault.unlock(WORDS, by=cast.shen_yu)


def test_the_passphrase_changes_and_the_boxes_stay(cast, unlocked):
    unlocked("shen_yu")
    box = vault.seal("tip:1", "content", b"x", readers=[cast.shen_yu], by=cast.bai_lu)

    with pytest.raises(Unopened):
        vault.change_passphrase("不是这一句话也不是那一句", "山高月小水落石出曾日月之几何", by=cast.shen_yu)
    vault.change_passphrase(WORDS, "山高月小水落石出曾日月之几何", by=cast.shen_yu)

    assert not Unlocked.objects.exists() and "vault.change_passphrase" in verbs()
    token = vault.unlock("山高月小水落石出曾日月之几何", by=cast.shen_yu)
    assert vault.open_box(box, token=token, purpose="核查", by=cast.shen_yu) == b"x"


def test_a_renewed_key_opens_everything_and_the_old_one_nothing(cast, unlocked):
    token = unlocked("shen_yu")
    boxes = [vault.seal(f"tip:{n}", "content", b"%d" % n, readers=[cast.shen_yu], by=cast.bai_lu) for n in range(3)]
    old = key_of(cast.shen_yu)

    new = vault.renew_key("山高月小水落石出曾日月之几何", token=token, by=cast.shen_yu)

    assert not Grant.objects.filter(key=old).exists() and key_of(cast.shen_yu) == new
    with pytest.raises(NotAllowed):
        vault.open_box(boxes[0], token=token, purpose="核查", by=cast.shen_yu)
    token = vault.unlock("山高月小水落石出曾日月之几何", by=cast.shen_yu)
    assert vault.open_box(boxes[2], token=token, purpose="核查", by=cast.shen_yu) == b"2"
    assert Event.objects.get(verb="vault.renew_key").data["boxes"] == 3


def test_an_officer_who_leaves_hands_over_first(cast, keeper, unlocked):
    token = unlocked("shen_yu")
    unlocked("jiang_hong")
    box = vault.seal("tip:1", "content", b"x", readers=[cast.shen_yu], by=cast.bai_lu)

    with pytest.raises(NotAllowed):
        vault.retire_key(cast.shen_yu, by=cast.jiang_hong)
    with pytest.raises(Conflict, match="1 sealed boxes"):
        vault.retire_key(cast.shen_yu, by=keeper)
    vault.grant(box, cast.jiang_hong, until=None, purpose="接任", token=token, by=cast.shen_yu)
    assert vault.retire_key(cast.shen_yu, by=keeper) == 1

    assert key_of(cast.shen_yu) is None and list(opened_by(cast.jiang_hong)) == [box]
    with pytest.raises(NotAllowed):
        vault.open_box(box, token=token, purpose="核查", by=cast.shen_yu)
    assert "vault.retire_key" in verbs()
