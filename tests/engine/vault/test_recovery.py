"""Recovery: three sheets of paper, any two of them, and never one person alone."""

from itertools import combinations

import pytest

from huilian.engine.trail.models import Event
from huilian.engine.vault import services as vault
from huilian.engine.vault.models import Key
from huilian.foundation.errors import Conflict, Invalid, NotAllowed
from huilian.foundation.sealing import Unopened

pytestmark = pytest.mark.django_db


@pytest.fixture
def boxes(cast, unlocked):
    for who in ("shen_yu", "jiang_hong", "ding_ke"):
        unlocked(who)
    return [
        vault.seal("tip:1", "content", b"what", readers=[cast.shen_yu], by=cast.bai_lu),
        vault.seal("tip:1", "identity", b"who", readers=[cast.shen_yu], agreers=[cast.jiang_hong], by=cast.bai_lu),
    ]


def test_only_the_keeper_sets_recovery_up_and_once(cast, keeper):
    with pytest.raises(NotAllowed):
        vault.set_up_recovery(by=cast.shen_yu)
    sheets = vault.set_up_recovery(by=keeper)
    with pytest.raises(Conflict):
        vault.set_up_recovery(by=keeper)

    key = Key.objects.get()
    assert len(set(sheets)) == 3 and key.is_recovery and bytes(key.locked) == b""
    assert Event.objects.get(verb="vault.set_up_recovery").data == {"fingerprint": str(key)}


@pytest.mark.parametrize("pair", list(combinations(range(3), 2)))
def test_any_two_sheets_open_what_a_lost_key_closed(cast, keeper, sheets, boxes, unlocked, pair):
    vault.retire_key(cast.shen_yu, lost=True, by=keeper)
    two = tuple(sheets[n] for n in pair)

    told = {"boxes": boxes, "purpose": "密钥遗失恢复", "agreers": [cast.jiang_hong], "by": keeper}
    assert vault.recover(two, cast.ding_ke, **told) == 2

    token = unlocked("ding_ke")
    assert vault.open_box(boxes[0], token=token, purpose="核查", by=cast.ding_ke) == b"what"
    with pytest.raises(NotAllowed, match="Two persons"):
        vault.open_box(boxes[1], token=token, purpose="核查", by=cast.ding_ke)
    opening = vault.ask_opening(boxes[1], "实名反馈", token=token, by=cast.ding_ke)
    vault.agree_opening(opening, token=unlocked("jiang_hong"), by=cast.jiang_hong)
    assert vault.open_by_two(opening, token=token, by=cast.ding_ke) == b"who"
    assert Event.objects.get(verb="vault.recover").data["boxes"] == 2


def test_wrong_sheets_and_wrong_people_change_nothing(cast, keeper, sheets, boxes):
    two, told = sheets[:2], {"boxes": boxes, "purpose": "密钥遗失恢复", "agreers": [cast.jiang_hong]}

    with pytest.raises(NotAllowed):
        vault.recover(two, cast.ding_ke, **told, by=cast.shen_yu)
    for to, more, error in (
        (keeper, told, Invalid),
        (cast.jiang_hong, told, Invalid),
        (cast.ding_ke, told | {"purpose": ""}, Invalid),
        (cast.ding_ke, told | {"agreers": []}, Invalid),
        (cast.bai_lu, told, Conflict),
    ):
        with pytest.raises(error):
            vault.recover(two, to, **more, by=keeper)
    with pytest.raises(Unopened):
        vault.recover((sheets[0], sheets[0]), cast.ding_ke, **told, by=keeper)

    assert {g.key.user for box in boxes for g in box.grants.filter(key__is_recovery=False)} == {
        cast.shen_yu,
        cast.jiang_hong,
    }


def test_new_sheets_replace_the_old(cast, keeper, sheets, boxes):
    new = vault.set_up_recovery(sheets[1:], by=keeper)

    told = {"boxes": boxes[:1], "purpose": "密钥遗失恢复", "by": keeper}
    with pytest.raises(Unopened):
        vault.recover(sheets[:2], cast.ding_ke, **told)
    assert vault.recover((new[2], new[0]), cast.ding_ke, **told) == 1
