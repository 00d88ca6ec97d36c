"""The runbook of a lost key (docs/runbooks/lost-key.md), rehearsed step by step."""

from datetime import timedelta

import pytest

from huilian.engine.vault import services as vault
from huilian.engine.vault.queries import looks_into
from huilian.foundation.errors import Conflict, NotAllowed
from huilian.foundation.now import now
from huilian.foundation.sealing import Unopened

from .conftest import WORDS

pytestmark = pytest.mark.django_db


def sealed(cast):
    content = vault.seal("tip:JB1", "content", "鱼塘".encode(), readers=[cast.shen_yu], by=cast.bai_lu)
    name = vault.seal(
        "tip:JB1", "identity", "许小满".encode(), readers=[cast.shen_yu], agreers=[cast.jiang_hong], by=cast.bai_lu
    )
    return content, name


def test_an_officer_leaves_and_hands_over(cast, keeper, unlocked):
    token, until = unlocked("shen_yu"), now() + timedelta(days=30)
    for who in ("jiang_hong", "ding_ke"):
        unlocked(who)
    content, name = sealed(cast)
    vault.open_box(content, token=token, purpose="核查", by=cast.shen_yu)

    with pytest.raises(Conflict, match="2 sealed boxes"):
        vault.retire_key(cast.shen_yu, by=keeper)
    for box in (content, name):
        vault.grant(box, cast.ding_ke, until=until, purpose="接任", token=token, by=cast.shen_yu)
    vault.retire_key(cast.shen_yu, by=keeper)

    with pytest.raises(NotAllowed):
        vault.open_box(content, token=token, purpose="核查", by=cast.shen_yu)
    mine = unlocked("ding_ke")
    assert vault.open_box(content, token=mine, purpose="核查", by=cast.ding_ke).decode() == "鱼塘"
    opening = vault.ask_opening(name, "实名反馈", token=mine, by=cast.ding_ke)
    vault.agree_opening(opening, token=unlocked("jiang_hong"), by=cast.jiang_hong)
    assert vault.open_by_two(opening, token=mine, by=cast.ding_ke).decode() == "许小满"
    assert [look.user for look in looks_into("tip:JB1")] == [cast.ding_ke, cast.ding_ke, cast.shen_yu]


def test_a_lost_key_a_recovery_by_two_of_three_and_new_sheets(cast, keeper, sheets, unlocked):
    for who in ("shen_yu", "jiang_hong"):
        unlocked(who)
    content, name = sealed(cast)

    vault.retire_key(cast.shen_yu, lost=True, by=keeper)
    with pytest.raises(NotAllowed):
        vault.unlock(WORDS, by=cast.shen_yu)  # the right words open nothing any more
    mine = unlocked("ding_ke")
    told = {"boxes": [content, name], "purpose": "县纪委〔2026〕9号批准", "agreers": [cast.jiang_hong], "by": keeper}
    assert vault.recover((sheets[2], sheets[0]), cast.ding_ke, **told) == 2
    assert vault.open_box(content, token=mine, purpose="核验", by=cast.ding_ke).decode() == "鱼塘"

    new = vault.set_up_recovery((sheets[0], sheets[1]), by=keeper)
    with pytest.raises(Unopened):
        vault.recover((sheets[0], sheets[1]), cast.ding_ke, **told)
    assert vault.recover((new[0], new[2]), cast.ding_ke, **told) == 2


def test_words_that_were_seen_are_changed_and_a_key_is_renewed(cast, sheets, unlocked):
    token = unlocked("shen_yu")
    unlocked("jiang_hong")
    content, _name = sealed(cast)

    other = "明月松间照清泉石上流竹喧"
    vault.change_passphrase(WORDS, other, by=cast.shen_yu)
    with pytest.raises(NotAllowed):
        vault.open_box(content, token=token, purpose="核查", by=cast.shen_yu)
    vault.renew_key(WORDS, token=vault.unlock(other, by=cast.shen_yu), by=cast.shen_yu)

    token = vault.unlock(WORDS, by=cast.shen_yu)
    assert vault.open_box(content, token=token, purpose="核查", by=cast.shen_yu).decode() == "鱼塘"
